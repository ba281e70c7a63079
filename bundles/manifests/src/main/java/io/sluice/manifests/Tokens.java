package io.sluice.manifests;

import org.jspecify.annotations.Nullable;

/** The tokens of a document, whatever its syntax. A key of a mapping is a scalar. */
interface Tokens {
  /** The kinds of token. */
  enum Kind {
    MAP,
    LIST,
    /** The end of the innermost mapping or list. */
    END,
    SCALAR,
    /** A YAML alias, {@code *name}. */
    ALIAS,
    /** Nothing more in the document. */
    EOF
  }

  /** Goes to the next token. */
  Kind next() throws MalformedException;

  /** The text of a scalar, or the name of an alias. */
  String text();

  /** A scalar's value, in the shapes of {@link io.sluice.api.resource.ClaimedResource}. */
  Object value() throws MalformedException;

  /** The anchor of this token, {@code &name}, if it has one. */
  @Nullable String anchor();

  /** Whether this is a scalar without quotes or a tag. */
  boolean isPlain();

  /** The line of this token in the document, from 0. */
  int line();
}
