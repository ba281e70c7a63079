/**
 * Example of extension point 4, a policy dialect: {@code Quarantine} cuts pods off, whatever any
 * NetworkPolicy allows, for the time that it takes to find out what is wrong with them.
 *
 * <pre>{@code
 * apiVersion: examples.sluice.io/v1
 * kind: Quarantine
 * metadata:
 *   name: suspicious
 *   namespace: shop
 * spec:
 *   podSelector:            # {} is every pod of the namespace
 *     matchLabels:
 *       app: web
 *   reason: mines coins     # for people; optional
 * }</pre>
 *
 * <p>It becomes two rules of the admin tier, priority 0: nothing in, nothing out. The system tier
 * comes before, so the pod's own node still reaches it: probes go on, and so does whoever looks at
 * it from there.
 *
 * <p>Like every dialect it refuses what it does not understand as a whole. An unknown field could
 * be the one that narrows the selector in a later version.
 */
@NullMarked
package io.sluice.example.quarantine;

import org.jspecify.annotations.NullMarked;
