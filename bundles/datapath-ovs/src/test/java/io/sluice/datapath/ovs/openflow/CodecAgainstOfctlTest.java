package io.sluice.datapath.ovs.openflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.datapath.ovs.lab.OvsInstance;
import io.sluice.kit.Stages;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every field and every action, three ways into the same switch: ovs-ofctl is told it in its own
 * notation, the codec sends it, ovs-ofctl is told what the model prints. What ovs-ofctl then reads
 * out of the switch must be the same; and what the codec reads out must be the model's flow.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodecAgainstOfctlTest {
  private static final Pattern PRIORITY = Pattern.compile("priority=(\\d+)");

  private final List<FlowCase> cases = FlowCase.all();
  private OvsInstance ovs;
  private OpenFlowConnection connection;

  @BeforeAll
  void start() throws Exception {
    ovs = OvsInstance.start();
    ovs.bridge("told");
    ovs.bridge("sent");
    ovs.bridge("printed");
    String group = "group_id=5,type=all,bucket=output:9";
    String meter = "meter=7,pktps,burst,band=type=drop,rate=100,burst_size=20";
    for (String bridge : List.of("told", "sent", "printed")) {
      ovs.ofctl("", "add-group", bridge, group);
      ovs.ofctl("", "add-meter", bridge, meter);
    }
    connection = Stages.get(OpenFlowConnection.open(ovs.bridgeSocket("sent"), new Recorder()));
  }

  @AfterAll
  void stop() {
    if (connection != null) {
      connection.close();
    }
    if (ovs != null) {
      ovs.close();
    }
  }

  private Map<Integer, String> read(String bridge) throws Exception {
    Map<Integer, String> lines = new TreeMap<>();
    for (String line : ovs.ofctl("", "dump-flows", bridge, "--no-stats").lines().toList()) {
      Matcher priority = PRIORITY.matcher(line);
      if (priority.find()) {
        lines.put(Integer.parseInt(priority.group(1)), line.strip());
      }
    }
    return lines;
  }

  @TestFactory
  Stream<DynamicTest> everyFieldAndActionIsWhatOfctlMeans() throws Exception {
    String told = cases.stream().map(FlowCase::text).collect(Collectors.joining("\n"));
    ovs.ofctl(told, "add-flows", "told", "-");
    String printed =
        cases.stream().map(one -> one.flow().toString()).collect(Collectors.joining("\n"));
    ovs.ofctl(printed, "add-flows", "printed", "-");
    Stages.get(connection.bundle(cases.stream().map(one -> FlowMod.add(one.flow())).toList()));
    Map<Integer, String> expected = read("told");
    Map<Integer, String> sent = read("sent");
    Map<Integer, String> again = read("printed");
    Map<Integer, Flow> dumped = new HashMap<>();
    Stages.get(
        connection.dumpFlows(
            FlowFilter.cookie(FlowCase.COOKIE, -1),
            stats -> dumped.put(stats.flow().priority(), stats.flow())));
    assertEquals(cases.size(), expected.size(), "ovs-ofctl holds every case");
    assertEquals(expected.keySet(), sent.keySet(), "the codec sent every case and nothing else");
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.match() + " -> " + one.actions(),
                    () -> {
                      int priority = one.flow().priority();
                      assertEquals(expected.get(priority), sent.get(priority), "sent");
                      assertEquals(expected.get(priority), again.get(priority), "printed");
                      assertEquals(one.flow(), dumped.get(priority), "read back");
                    }));
  }

  @Test
  void theCasesNameEveryFieldAndEveryAction() {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    Set<Class<?>> actions = new java.util.HashSet<>();
    for (FlowCase one : cases) {
      one.flow().match().fields().forEach(match -> fields.add(match.field()));
      one.flow().actions().forEach(action -> actions.add(action.getClass()));
    }
    // A match on four registers at once is held as four.
    fields.addAll(List.of(Field.XXREG0, Field.XXREG1, Field.XXREG2, Field.XXREG3));
    assertEquals(EnumSet.allOf(Field.class), fields);
    Set<Class<?>> all =
        Arrays.stream(Action.class.getPermittedSubclasses()).collect(Collectors.toSet());
    all.remove(Action.Foreign.class);
    assertEquals(all, actions);
    assertTrue(cases.size() > 60, "the list was read");
  }
}
