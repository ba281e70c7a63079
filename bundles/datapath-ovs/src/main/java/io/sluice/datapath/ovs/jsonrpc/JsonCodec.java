package io.sluice.datapath.ovs.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a stream of JSON values, one behind the other; writes values. */
final class JsonCodec implements AutoCloseable {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  JsonCodec(InputStream in) throws IOException {
    parser = FACTORY.createParser(in);
  }

  /** The next value; null (as JSON) at the end of the stream. */
  Json read() throws IOException {
    JsonToken token = parser.nextToken();
    return token == null ? new Json.Null() : value(token);
  }

  private Json value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          members.put(name, value(parser.nextToken()));
        }
        yield new Json.Members(members);
      }
      case START_ARRAY -> {
        List<Json> items = new ArrayList<>();
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_ARRAY) {
          items.add(value(next));
          next = parser.nextToken();
        }
        yield new Json.Items(items);
      }
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT -> new Json.Numeral(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Json.Numeral(Math.round(parser.getDoubleValue()));
      case VALUE_TRUE -> new Json.Truth(true);
      case VALUE_FALSE -> new Json.Truth(false);
      case VALUE_NULL -> new Json.Null();
      default -> throw new IOException("no JSON value begins with " + token);
    };
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** The text of a value. */
  static String write(Json value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new IllegalStateException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Json value) throws IOException {
    switch (value) {
      case Json.Members object -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
          out.writeFieldName(member.getKey());
          write(out, member.getValue());
        }
        out.writeEndObject();
      }
      case Json.Items array -> {
        out.writeStartArray();
        for (Json item : array.items()) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case Json.Text text -> out.writeString(text.text());
      case Json.Numeral number -> out.writeNumber(number.integer());
      case Json.Truth truth -> out.writeBoolean(truth.value());
      case Json.Null none -> out.writeNull();
    }
  }
}
