package io.sluice.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What can be configured, as the bundles that are installed describe it. */
@Component(service = Pids.class)
public final class Pids {
  private final MetaTypeService metatype;
  private final BundleContext context;

  /** Looks bundles up when it is asked. */
  @Activate
  public Pids(@Reference MetaTypeService metatype, BundleContext context) {
    this.metatype = metatype;
    this.context = context;
  }

  /**
   * One configuration.
   *
   * @param pid its name
   * @param description what it is for
   * @param keys its keys, in the order of their definition
   */
  record Described(String pid, String description, Map<String, Key> keys) {}

  /**
   * One key.
   *
   * @param name its name
   * @param type the type of its values
   * @param otherwise its value where it is not set
   * @param options the values that it can have; empty if there is no list of them
   * @param description what it does
   * @param definition checks values
   */
  record Key(
      String name,
      String type,
      String otherwise,
      List<String> options,
      String description,
      AttributeDefinition definition) {
    /** Why a value can't be; empty if it can. */
    Optional<String> refused(String value) {
      String answer = definition.validate(value);
      return Optional.ofNullable(answer).filter(text -> !text.isEmpty());
    }
  }

  /** Every configuration, by pid. */
  Map<String, Described> all() {
    Map<String, Described> all = new TreeMap<>();
    for (Bundle bundle : context.getBundles()) {
      MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
      if (information != null) {
        for (String pid : information.getPids()) {
          if (pid.startsWith("io.sluice.")) {
            all.put(pid, described(pid, information.getObjectClassDefinition(pid, null)));
          }
        }
      }
    }
    return all;
  }

  /**
   * One of them.
   *
   * @throws CommandFailedException with the list, if there is none of this name
   */
  Described one(String pid) throws CommandFailedException {
    Map<String, Described> all = all();
    Described described = all.get(pid);
    if (described == null) {
      throw new CommandFailedException(
          "there is no configuration '" + pid + "'; there are: " + String.join(", ", all.keySet()));
    }
    return described;
  }

  /**
   * One key.
   *
   * @throws CommandFailedException with the list, if there is none of this name
   */
  static Key key(Described described, String name) throws CommandFailedException {
    Key key = described.keys().get(name);
    if (key == null) {
      throw new CommandFailedException(
          described.pid()
              + " has no key '"
              + name
              + "'; it has: "
              + String.join(", ", described.keys().keySet()));
    }
    return key;
  }

  private static Described described(String pid, ObjectClassDefinition definition) {
    Map<String, Key> keys = new LinkedHashMap<>();
    for (AttributeDefinition attribute :
        definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      keys.put(attribute.getID(), key(attribute));
    }
    return new Described(pid, text(definition.getDescription()), keys);
  }

  private static Key key(AttributeDefinition attribute) {
    String[] otherwise = attribute.getDefaultValue();
    String[] options = attribute.getOptionValues();
    return new Key(
        attribute.getID(),
        type(attribute.getType()),
        otherwise == null ? "" : String.join(",", otherwise),
        options == null ? List.of() : new ArrayList<>(Arrays.asList(options)),
        text(attribute.getDescription()),
        attribute);
  }

  private static String type(int type) {
    return switch (type) {
      case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> "number";
      case AttributeDefinition.BOOLEAN -> "boolean";
      default -> "text";
    };
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
