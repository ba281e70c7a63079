package io.sluice.manifests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.api.resource.ClaimedResource;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The tokens of JSON text (RFC 8259); several texts may follow one another. */
final class JsonTokens implements Tokens {
  private final JsonParser parser;
  private String text = "";

  JsonTokens(Reader reader, Limits limits) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(limits.objectChars())
                    .maxNameLength(limits.objectChars())
                    .build())
            .build();
    parser = factory.createParser(reader);
  }

  @Override
  public Kind next() throws MalformedException {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return Kind.EOF;
      }
      return switch (token) {
        case START_OBJECT -> Kind.MAP;
        case START_ARRAY -> Kind.LIST;
        case END_OBJECT, END_ARRAY -> Kind.END;
        default -> {
          text = parser.getText();
          yield Kind.SCALAR;
        }
      };
    } catch (JsonProcessingException e) {
      throw new MalformedException(
          line(), "no valid JSON: " + e.getOriginalMessage(), "mend the JSON at this line", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Object value() throws MalformedException {
    try {
      return switch (parser.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> ClaimedResource.NULL;
        case VALUE_NUMBER_INT ->
            parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) Double.valueOf(text)
                : (Object) parser.getLongValue();
        case VALUE_NUMBER_FLOAT -> Double.valueOf(text);
        case null, default -> text;
      };
    } catch (JsonProcessingException e) {
      throw new MalformedException(
          line(), "no valid JSON: " + e.getOriginalMessage(), "mend the number at this line", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable String anchor() {
    return null;
  }

  @Override
  public boolean isPlain() {
    return false;
  }

  @Override
  public int line() {
    return parser.currentLocation().getLineNr() - 1;
  }
}
