package io.sluice.manifests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.api.resource.ClaimedResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds trees in the shapes of {@link ClaimedResource} out of what a projection lets through. */
final class JsonProjector {
  private final Shared<String> texts = new Shared<>(8192);

  /** The mapping that begins at the parser's token. */
  Map<String, Object> map(JsonParser parser, Projection projection) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      Projection within = projection.field(name);
      if (within == null) {
        parser.skipChildren();
      } else {
        map.put(name, value(parser, token, within));
      }
    }
    return map;
  }

  private Object value(JsonParser parser, JsonToken token, Projection projection)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> Collections.unmodifiableMap(map(parser, projection));
      case START_ARRAY -> list(parser, projection);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> ClaimedResource.NULL;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> texts.of(parser.getText());
    };
  }

  private List<Object> list(JsonParser parser, Projection projection) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      list.add(value(parser, token, projection));
    }
    return Collections.unmodifiableList(list);
  }
}
