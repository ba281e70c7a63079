package io.sluice.datapath.ovs;

/**
 * In which directions an endpoint can be denied something: it is isolated, or subject of a rule
 * that denies.
 *
 * @param ingress what goes to it
 * @param egress what comes from it
 */
record Guards(boolean ingress, boolean egress) {
  boolean any() {
    return ingress || egress;
  }
}
