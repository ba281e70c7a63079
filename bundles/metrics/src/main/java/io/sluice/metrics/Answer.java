package io.sluice.metrics;

import io.vertx.core.json.JsonObject;

/**
 * What a probe is answered.
 *
 * @param good whether it is answered 200; otherwise 503
 * @param body why
 */
record Answer(boolean good, JsonObject body) {}
