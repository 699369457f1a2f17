package io.actormesh.benchmarks.calls;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * One way to call the echo service.
 *
 * @param name in the table
 * @param call makes one call
 * @param backends the processes that serve it
 */
record Contender(
    String name, IntFunction<CompletionStage<Echo.Said>> call, List<Process> backends) {}
