package io.sluice.datapath.nftables;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of {@code io.sluice.datapath.nftables.cfg}. All but {@code table} and {@code via} are
 * live; a change of those needs a restart of the agent, and until then the old value counts and
 * status says so.
 */
@ObjectClassDefinition(
    name = "Sluice datapath: nftables",
    description = "How packets that this node routes for its pods are judged.")
@interface NftConfig {
  /** The table, of family inet, that is ours alone. */
  @AttributeDefinition(description = "The inet table that is Sluice's alone. Restart to change.")
  String table() default "sluice";

  /** {@code library} or {@code program}. */
  @AttributeDefinition(
      description =
          "library: in this process, by netlink and libnftables.so.1, or the nft program where that"
              + " is not to be had; program: through the nft program. Restart to change.")
  String via() default "library";

  /** {@code recheck} or {@code keep}. */
  @AttributeDefinition(
      description = "recheck: a tightened policy cuts live connections; keep: it does not")
  String established() default "recheck";

  /** {@code deny} or {@code allow}. */
  @AttributeDefinition(
      description = "TCP packets of connections whose beginning was not seen: deny or allow")
  String pickup() default "deny";

  /** {@code drop} or {@code reject}. */
  @AttributeDefinition(
      description = "drop: silence; reject: TCP reset, else ICMP administratively prohibited")
  String deny() default "drop";

  /** {@code deny} or {@code allow}. */
  @AttributeDefinition(
      description = "Pods that are not known, by podInterfaces and podRanges: deny or allow")
  String unknownPods() default "deny";

  /** Names of pods' interfaces, with {@code *} at the end for any. */
  @AttributeDefinition(
      description = "The node's ends of pods' interfaces, comma-separated, e.g. veth*,cali*")
  String podInterfaces() default "";

  /** Blocks out of which this node's pods get their addresses. */
  @AttributeDefinition(description = "Address blocks of this node's pods, comma-separated")
  String podRanges() default "";

  /** Interfaces that many pods are behind, but reach each other only through this node. */
  @AttributeDefinition(
      description =
          "Interfaces with many pods that reach each other only by this node's routing, e.g."
              + " br-int")
  String routedInterfaces() default "";

  /** {@code auto} or {@code off}. */
  @AttributeDefinition(
      description =
          "auto: where a pod has an interface of its own, only its addresses pass; off: no check")
  String spoofGuard() default "auto";

  /** The group that denied packets are logged to. */
  @AttributeDefinition(description = "NFLOG group of sampled denials: 1 to 65535; 0: no samples")
  int logGroup() default 0x5a1c;
}
