package io.sluice.engine.core;

import io.sluice.api.policy.PolicyRef;

/**
 * A policy that the engine holds.
 *
 * @param policy its name
 * @param subjects how many endpoints it selects
 * @param localSubjects how many of them are local
 * @param rules how many compiled rules of it are exported
 */
public record PolicySummary(PolicyRef policy, int subjects, int localSubjects, int rules) {}
