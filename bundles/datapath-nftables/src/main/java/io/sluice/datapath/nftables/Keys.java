package io.sluice.datapath.nftables;

import java.util.Map;

/**
 * The values of a configuration's keys, as text; for a key that is not set the default of {@link
 * NftConfig}.
 *
 * @param set the keys that are set
 */
record Keys(Map<String, ?> set) {
  String text(String key) {
    Object value = set.get(key);
    if (value == null) {
      try {
        value = NftConfig.class.getDeclaredMethod(key).getDefaultValue();
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("no such key: " + key, e);
      }
    }
    return value == null ? "" : value.toString().trim();
  }
}
