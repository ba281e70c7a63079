package io.sluice.datapath.nftables.wire;

/** Writes the statements of a rule. */
final class RuleWriter {
  private static final int COUNTER = 1;
  private static final int LIMIT = 4;
  private static final int NETWORK = 1;
  private static final int TRANSPORT = 2;

  private final Words words;
  private final Expressions to;

  private RuleWriter(Words words, Expressions to) {
    this.words = words;
    this.to = to;
  }

  /** Writes all of them. */
  static void write(String rule, Attributes to) throws UnknownCommandException {
    RuleWriter writer = new RuleWriter(new Words(rule), new Expressions(to));
    while (writer.words.hasMore()) {
      writer.statement();
    }
  }

  private void statement() throws UnknownCommandException {
    to.first();
    if (words.take("counter", "name")) {
      to.object(COUNTER, words.next());
    } else if (words.take("limit", "name")) {
      to.object(LIMIT, words.next());
    } else if (words.take("log", "prefix")) {
      String prefix = Words.unquoted(words.next());
      words.require("group");
      int group = number();
      words.require("snaplen");
      to.log(prefix, group, number());
    } else if (words.take("reject", "with", "tcp", "reset")) {
      to.assumeProtocol("tcp");
      to.reject(1, 0);
    } else if (words.take("reject", "with", "icmpx", "admin-prohibited")) {
      to.reject(2, 3);
    } else if (isVerdict(words.peek())) {
      to.verdict(Verdict.of(words));
    } else {
      match();
    }
  }

  private static boolean isVerdict(String word) {
    return switch (word) {
      case "accept", "drop", "return", "goto", "jump" -> true;
      default -> false;
    };
  }

  private int number() throws UnknownCommandException {
    return number(words.next());
  }

  static int number(String word) throws UnknownCommandException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new UnknownCommandException(word);
    }
  }

  private void match() throws UnknownCommandException {
    // Before anything is loaded: what this is compared in is the first register.
    for (String joined : words.joined()) {
      if (joined.equals("ip") || joined.equals("ip6")) {
        to.assumeFamily(joined.equals("ip") ? "ipv4" : "ipv6");
      }
    }
    Field field = load();
    boolean several = false;
    while (words.take(".")) {
      load();
      several = true;
    }
    boolean mapped = words.take("vmap");
    if (words.take("&")) {
      to.mask(field.value(words.next().replace("(", "").replace(")", "")));
      boolean unequal = words.take("!=");
      if (!unequal) {
        words.require("==");
      }
      to.compare(unequal, field.value(words.next()));
      return;
    }
    boolean unequal = words.take("!=");
    String value = words.next();
    if (value.startsWith("@")) {
      to.lookup(value.substring(1), mapped, unequal);
    } else if (several || mapped) {
      throw new UnknownCommandException(value);
    } else {
      compare(field, unequal, value);
    }
  }

  private void compare(Field field, boolean unequal, String value) throws UnknownCommandException {
    int slash = value.indexOf('/');
    int dash = field == Field.SERVICE ? value.indexOf('-') : -1;
    if (field.isFlags()) {
      to.mask(field.value(value));
      to.compare(!unequal, new byte[field.length()]);
    } else if (slash > 0) {
      byte[] mask = field.mask(number(value.substring(slash + 1)));
      to.mask(mask);
      to.compare(unequal, field.value(value.substring(0, slash)));
    } else if (dash > 0 && !unequal) {
      to.between(field.value(value.substring(0, dash)), field.value(value.substring(dash + 1)));
    } else if (field == Field.INTERFACE && value.endsWith("*\"")) {
      String beginning = Words.unquoted(value).replace("*", "");
      to.compare(unequal, beginning.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } else {
      to.compare(unequal, field.value(value));
      if (!unequal && (field == Field.PROTOCOL || field == Field.FAMILY)) {
        to.said(value);
      }
    }
  }

  /** Loads what a match begins with. */
  private Field load() throws UnknownCommandException {
    String word = words.next();
    return switch (word) {
      case "iifname" -> meta(6, Field.INTERFACE);
      case "oifname" -> meta(7, Field.INTERFACE);
      case "meta" ->
          switch (words.next()) {
            case "nfproto" -> meta(15, Field.FAMILY);
            case "l4proto" -> meta(16, Field.PROTOCOL);
            default -> throw new UnknownCommandException(word);
          };
      case "ip" -> address("ipv4", Field.IPV4, 12);
      case "ip6" -> address("ipv6", Field.IPV6, 8);
      case "tcp" -> {
        words.require("flags");
        to.assumeProtocol("tcp");
        to.payload(TRANSPORT, 13, Field.TCP_FLAGS);
        yield Field.TCP_FLAGS;
      }
      case "icmpv6" -> {
        words.require("type");
        to.assumeProtocol("ipv6-icmp");
        to.payload(TRANSPORT, 0, Field.DISCOVERY);
        yield Field.DISCOVERY;
      }
      case "fib" -> {
        words.require("saddr");
        words.require("type");
        to.sourceType();
        yield Field.ADDRESS_TYPE;
      }
      case "ct" -> tracked();
      default -> throw new UnknownCommandException(word);
    };
  }

  private Field meta(int key, Field field) {
    to.meta(key, field);
    return field;
  }

  private Field address(String family, Field field, int source) throws UnknownCommandException {
    String end = words.next();
    if (!end.equals("saddr") && !end.equals("daddr")) {
      throw new UnknownCommandException(end);
    }
    to.assumeFamily(family);
    to.payload(NETWORK, end.equals("saddr") ? source : source + field.length(), field);
    return field;
  }

  private Field tracked() throws UnknownCommandException {
    if (words.take("state")) {
      return tracked(0, -1, Field.STATE);
    }
    String way = words.next();
    int direction = way.equals("reply") ? 1 : 0;
    if (direction == 0 && !way.equals("original")) {
      throw new UnknownCommandException(way);
    }
    if (words.take("proto-src")) {
      return tracked(11, direction, Field.SERVICE);
    }
    if (words.take("ip", "saddr")) {
      return tracked(19, direction, Field.IPV4);
    }
    words.require("ip6");
    words.require("saddr");
    return tracked(21, direction, Field.IPV6);
  }

  private Field tracked(int key, int direction, Field field) {
    to.tracked(key, direction, field);
    return field;
  }
}
