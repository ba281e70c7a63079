package io.sluice.datapath.ovs;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of {@code io.sluice.datapath.ovs.cfg}. All are live: what is new is in force before what
 * was is given up, and until it can be, the old value counts and status says why.
 */
@ObjectClassDefinition(
    name = "Sluice datapath: Open vSwitch",
    description = "The bridge that pods are on, and how packets on it are judged.")
@interface OvsConfig {
  /** The bridge. Mandatory. */
  @AttributeDefinition(description = "The bridge that the pods are on.")
  String bridge();

  /** Where {@code <bridge>.mgmt}, {@code db.sock} and the control socket of the switch lie. */
  @AttributeDefinition(description = "Directory of <bridge>.mgmt and db.sock.")
  String socketDirectory() default "/var/run/openvswitch";

  /** Whether the bridge is ours: we set {@code fail_mode=secure} and own its first table. */
  @AttributeDefinition(
      description =
          "true: Sluice sets fail_mode=secure and owns table 0. false: the bridge must be set up.")
  boolean manageBridge() default false;

  /** The table that packets enter the pipeline by; -1 for 0 on our own bridge, else 10. */
  @AttributeDefinition(
      description =
          "First of the 19 tables used; -1: 0 on a managed bridge, else 10, where a flow of yours"
              + " must lead to it.")
  int firstTable() default -1;

  /** What becomes of packets for no pod of this node; see {@link FinalAction}. */
  @AttributeDefinition(
      description =
          "normal (to the host's and the uplink ports), table:N (goes on in your table N), or"
              + " output:PORT,PORT")
  String finalAction() default "normal";

  /** The zone of connection tracking. */
  @AttributeDefinition(description = "Zone of connection tracking, used by nobody else: 1 to 65535")
  int zone() default 0x5a1c;

  /** The node's own port. */
  @AttributeDefinition(description = "The node's own port: LOCAL, or an interface's name")
  String hostPort() default "LOCAL";

  /** Ports to other machines. */
  @AttributeDefinition(
      description =
          "Interfaces to other machines, comma-separated; no bonds with finalAction=normal")
  String uplinkPorts() default "";

  /** Blocks out of which this node's pods get their addresses. */
  @AttributeDefinition(
      description =
          "Blocks of this node's pods, comma-separated; packets from an uplink can't claim them")
  String podRanges() default "";

  /** A file that binds ports, besides {@code external_ids}. */
  @AttributeDefinition(
      description = "File with lines '<port> <namespace>/<pod> <mac>' that bind ports; empty: none")
  String ports() default "";

  /** {@code recheck} or {@code keep}. */
  @AttributeDefinition(
      description = "recheck: a tightened policy cuts live connections; keep: it does not")
  String established() default "recheck";

  /** {@code deny} or {@code allow}. */
  @AttributeDefinition(
      description = "TCP packets of connections whose beginning was not seen: deny or allow")
  String pickup() default "deny";

  /** {@code deny} or {@code allow}. */
  @AttributeDefinition(description = "Ports to which no known pod is bound: deny or allow")
  String unknownPods() default "deny";
}
