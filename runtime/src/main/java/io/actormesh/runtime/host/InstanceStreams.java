package io.actormesh.runtime.host;

import io.actormesh.runtime.host.HostObserver.InstanceObserver;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.StreamRunner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of one instance: those it replies, and those it is sent. They are not bound to
 * its actor, but count as its work until they end. Thread-safe.
 */
final class InstanceStreams {

  private final ServiceFrame service;
  private final InstanceObserver observer;
  private final Set<HostedStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  InstanceStreams(ServiceFrame service, InstanceObserver observer) {
    this.service = service;
    this.observer = observer;
  }

  /** A stream that an operation replies. */
  HostedStream reply(String operation) {
    HostedStream stream = opened("the reply of " + service.name() + "/" + operation, true);
    if (cut) {
      stream.life().kill(draining());
    }
    return stream;
  }

  /** A stream that comes with a call of an operation. */
  HostedStream argument(String operation) {
    return opened("the stream sent to " + service.name() + "/" + operation, false);
  }

  private HostedStream opened(String name, boolean reply) {
    HostedStream stream = new HostedStream(name, reply, this, service.host().streams());
    open.add(stream);
    observer.streamOpened();
    return stream;
  }

  StreamRunner runner() {
    return service.host().streams().runner();
  }

  /** A stream that a call brought goes on without it: from now on it ends as replies do. */
  void answered(HostedStream stream) {
    if (cut) {
      stream.life().kill(draining());
    }
  }

  void element() {
    observer.streamElement();
  }

  void ended(HostedStream stream, @Nullable StreamFault fault) {
    open.remove(stream);
    observer.streamEnded(fault);
  }

  int open() {
    return open.size();
  }

  /** Ends what replies stream, now and from now on; what calls bring ends with its call. */
  void cut() {
    cut = true;
    for (HostedStream stream : open) {
      if (stream.reply() || stream.answered()) {
        stream.life().kill(draining());
      }
    }
  }

  private StreamFailure draining() {
    return new StreamFailure(
        StreamFault.DRAINING, "the node that serves " + service.name() + " is leaving");
  }
}
