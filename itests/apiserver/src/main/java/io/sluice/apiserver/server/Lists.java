package io.sluice.apiserver.server;

import io.sluice.apiserver.server.ObjectStore.Listing;
import io.sluice.apiserver.server.ResourceTypes.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers lists, in pages if that is asked for; all pages of a list show one resource version. */
final class Lists {
  /** Lists that are kept for their next page; the oldest is forgotten. */
  private static final int KEPT = 100;

  private static final Pattern TYPE =
      Pattern.compile("\\{\"apiVersion\":\"[^\"]*\",\"kind\":\"[^\"]*\",");

  private final ObjectStore store;
  private final Faults faults;
  private final Map<String, Listing> open = new HashMap<>();
  private final Deque<String> order = new ArrayDeque<>();
  private long lists;

  Lists(ObjectStore store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  /**
   * Answers a list.
   *
   * @param query {@code limit} and {@code continue} count
   */
  Answer list(Target target, Map<String, String> query) {
    int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
    String token = query.getOrDefault("continue", "");
    if (token.isEmpty()) {
      Listing listing = store.list(target.type(), target.namespace());
      return page(target, listing, "", 0, limit);
    }
    int colon = token.indexOf(':');
    String id = colon < 0 ? token : token.substring(0, colon);
    Listing listing = kept(id);
    if (listing == null || colon < 0 || faults.expire()) {
      return Answer.gone(
          "The provided continue parameter is too old to display a consistent list result.");
    }
    return page(target, listing, id, Integer.parseInt(token.substring(colon + 1)), limit);
  }

  private Answer page(Target target, Listing listing, String id, int from, int limit) {
    List<String> items = listing.items();
    int to = limit == 0 ? items.size() : Math.min(items.size(), from + limit);
    StringBuilder body = new StringBuilder(256);
    body.append("{\"kind\":\"")
        .append(target.type().kind())
        .append("List\",\"apiVersion\":\"")
        .append(target.type().apiVersion())
        .append("\",\"metadata\":{\"resourceVersion\":\"")
        .append(listing.revision())
        .append('"');
    if (to < items.size()) {
      String next = id.isEmpty() ? keep(listing) : id;
      body.append(",\"continue\":\"")
          .append(next)
          .append(':')
          .append(to)
          .append("\",\"remainingItemCount\":")
          .append(items.size() - to);
    }
    body.append("},\"items\":[");
    for (int i = from; i < to; i++) {
      body.append(i == from ? "" : ",").append(untyped(items.get(i)));
    }
    return Answer.ok(body.append("]}").toString());
  }

  /** Elements of a list do not say what they are: apiVersion and kind are left out. */
  private static String untyped(String json) {
    Matcher type = TYPE.matcher(json);
    return type.lookingAt() ? "{" + json.substring(type.end()) : json;
  }

  private synchronized String keep(Listing listing) {
    String id = "l" + ++lists;
    open.put(id, listing);
    order.add(id);
    if (order.size() > KEPT) {
      open.remove(order.removeFirst());
    }
    return id;
  }

  private synchronized @Nullable Listing kept(String id) {
    return open.get(id);
  }

  /** Every continue token is expired from now on. */
  synchronized void forget() {
    open.clear();
    order.clear();
  }
}
