/**
 * The process of the API server: the CRUD dispatcher of fabric8's mock, with the parts of the
 * Kubernetes API that it lacks.
 *
 * <p>The mock answers creation, replacement, patches and single objects. Added around it, as the
 * page "Kubernetes API Concepts" of the Kubernetes documentation describes them: lists in pages
 * with tokens that can expire, watches that begin at a resource version and stream JSON lines over
 * plain HTTP, bookmarks, a history that can be compacted (410 Gone, as an HTTP status or as an
 * event), discovery, bearer tokens, and faults that are switched while it runs.
 *
 * <p>Resource versions grow over restarts, because they begin at the wall clock's milliseconds;
 * what was before the start is compacted, as with a real server whose watch cache is new.
 */
@NullMarked
package io.sluice.apiserver.server;

import org.jspecify.annotations.NullMarked;
