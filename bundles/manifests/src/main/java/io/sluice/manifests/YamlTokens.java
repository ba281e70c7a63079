package io.sluice.manifests;

import io.sluice.api.resource.ClaimedResource;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The tokens of a YAML 1.2 document. */
final class YamlTokens implements Tokens {
  private static final String CORE = "tag:yaml.org,2002:";

  // No marks: they cost a fifth of the time, and the scanner's line is near enough.
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(false)
          .setParseComments(false)
          .setCodePointLimit(Integer.MAX_VALUE)
          .setBufferSize(16384)
          .build();

  private final Meter meter;
  private final StreamReader reader;
  private final ParserImpl parser;
  private @Nullable Event event;

  YamlTokens(Reader text, Limits limits) {
    meter = new Meter(text, limits.objectChars());
    reader = new StreamReader(SETTINGS, meter);
    parser = new ParserImpl(SETTINGS, reader);
  }

  @Override
  public Kind next() throws MalformedException {
    meter.token();
    try {
      while (parser.hasNext()) {
        Event next = parser.next();
        event = next;
        Kind kind = kind(next);
        if (kind != Kind.EOF) {
          return kind;
        }
      }
      return Kind.EOF;
    } catch (MarkedYamlEngineException e) {
      String context = e.getContext();
      throw new MalformedException(
          line(),
          "no valid YAML: " + (context == null ? "" : context + ", ") + e.getProblem(),
          "mend the YAML at or just before this line",
          e);
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof Meter.OverrunException overrun) {
        throw new MalformedException(
            line(), "a text or comment is too long", "make it shorter", overrun);
      }
      throw new MalformedException(
          line(), "no valid YAML: " + e.getMessage(), "mend the YAML at this line", e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // How the scanner answers some broken escape sequences and directives.
      throw new MalformedException(
          line(), "no valid YAML: " + e.getMessage(), "mend the escape sequence at this line", e);
    }
  }

  /** The kind of an event; EOF for those that only frame documents. */
  private static Kind kind(Event event) {
    return switch (event.getEventId()) {
      case Scalar -> Kind.SCALAR;
      case MappingStart -> Kind.MAP;
      case SequenceStart -> Kind.LIST;
      case MappingEnd, SequenceEnd -> Kind.END;
      case Alias -> Kind.ALIAS;
      default -> Kind.EOF;
    };
  }

  @Override
  public String text() {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getValue();
      case AliasEvent alias -> alias.getAlias().getValue();
      case null, default -> "";
    };
  }

  @Override
  public Object value() throws MalformedException {
    if (!(event instanceof ScalarEvent scalar)) {
      return ClaimedResource.NULL;
    }
    Optional<String> tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.isEmpty()) {
      return scalar.isPlain() ? YamlScalars.resolve(text) : text;
    }
    return switch (tag.get()) {
      case "!", CORE + "str", CORE + "timestamp" -> text;
      case CORE + "int", CORE + "float", CORE + "bool", CORE + "null" -> YamlScalars.resolve(text);
      default ->
          throw new MalformedException(
              line(), "the tag " + tag.get() + " is not known", "leave the tag out");
    };
  }

  @Override
  public @Nullable String anchor() {
    return event instanceof NodeEvent node
        ? node.getAnchor().map(Anchor::getValue).orElse(null)
        : null;
  }

  @Override
  public boolean isPlain() {
    return event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getTag().isEmpty();
  }

  @Override
  public int line() {
    return reader.getLine();
  }
}
