package io.actormesh.runtime.telemetry;

/**
 * What an instance hosted here is busy with at this moment.
 *
 * @param service the service
 * @param instance the instance's number on this node
 * @param queued calls waiting
 * @param inProgress calls started and not answered
 * @param queueAgeNanos how long the oldest waiting call has waited, 0 if none waits
 */
public record InstanceLoad(
    String service, int instance, int queued, int inProgress, long queueAgeNanos) {

  InstanceId id() {
    return new InstanceId(service, instance);
  }
}
