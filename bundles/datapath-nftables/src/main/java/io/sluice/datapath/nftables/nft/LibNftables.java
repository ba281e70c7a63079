package io.sluice.datapath.nftables.nft;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * libnftables in this process (libnftables(3)). One context holds one netlink socket; it belongs to
 * the network namespace of the thread that opened it, and is used by that thread only.
 */
@SuppressWarnings("restricted") // native access is what this class is for
public final class LibNftables implements Nftables {
  private static final String LIBRARY = "libnftables.so.1";
  private static final String FILES = "/proc/self/fd";
  private static final int TERSE = 1 << 11;

  /**
   * The library waits for its socket with select(2), which ends the process if the descriptor's
   * number is 1024 or more. The rest is room for what other threads open at this moment.
   */
  private static final int DESCRIPTORS = 800;

  private record Functions(
      MethodHandle create,
      MethodHandle free,
      MethodHandle flags,
      MethodHandle bufferOutput,
      MethodHandle bufferErrors,
      MethodHandle run,
      MethodHandle output,
      MethodHandle errors) {}

  private final Functions library;
  private final MemorySegment context;
  private boolean closed;

  private LibNftables(Functions library) throws NftException {
    this.library = library;
    this.context = call(() -> (MemorySegment) library.create.invokeExact(0));
    if (context.equals(MemorySegment.NULL)) {
      throw new NftException("libnftables makes no context");
    }
    LibNftables.<Integer>call(
        () -> {
          library.flags.invokeExact(context, TERSE);
          return (int) library.bufferOutput.invokeExact(context)
              + (int) library.bufferErrors.invokeExact(context);
        });
  }

  /**
   * Loads the library and opens a context.
   *
   * @throws NftException if the library is not there, or this process has too many files open
   */
  public static LibNftables open() throws NftException {
    if (lowestFreeDescriptor() > DESCRIPTORS) {
      throw new NftException(
          "this process has over " + DESCRIPTORS + " files open, which " + LIBRARY + " can't bear");
    }
    SymbolLookup lookup;
    try {
      lookup = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new NftException("there is no " + LIBRARY + " on this machine", e);
    }
    return new LibNftables(
        new Functions(
            handle(lookup, "nft_ctx_new", ADDRESS, JAVA_INT),
            procedure(lookup, "nft_ctx_free", ADDRESS),
            procedure(lookup, "nft_ctx_output_set_flags", ADDRESS, JAVA_INT),
            handle(lookup, "nft_ctx_buffer_output", JAVA_INT, ADDRESS),
            handle(lookup, "nft_ctx_buffer_error", JAVA_INT, ADDRESS),
            handle(lookup, "nft_run_cmd_from_buffer", JAVA_INT, ADDRESS, ADDRESS),
            handle(lookup, "nft_ctx_get_output_buffer", ADDRESS, ADDRESS),
            handle(lookup, "nft_ctx_get_error_buffer", ADDRESS, ADDRESS)));
  }

  private static int lowestFreeDescriptor() throws NftException {
    Set<String> open = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(FILES))) {
      files.forEach(file -> open.add(file.toString().substring(FILES.length() + 1)));
    } catch (IOException | DirectoryIteratorException e) {
      throw new NftException("can't count open files: " + e.getMessage(), e);
    }
    int free = 0;
    while (open.contains(Integer.toString(free))) {
      free++;
    }
    return free;
  }

  private static MethodHandle handle(
      SymbolLookup lookup, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(lookup.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle procedure(
      SymbolLookup lookup, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(lookup.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  private interface Call<T> {
    T invoke() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing that is checked", e);
    }
  }

  @Override
  public String run(String commands) throws NftException {
    if (closed) {
      throw new NftException("closed");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(commands);
      int result = LibNftables.<Integer>call(() -> (int) library.run.invokeExact(context, text));
      String errors = text(call(() -> (MemorySegment) library.errors.invokeExact(context)));
      String output = text(call(() -> (MemorySegment) library.output.invokeExact(context)));
      if (result != 0) {
        throw NftException.of(errors);
      }
      return output;
    }
  }

  private static String text(MemorySegment pointer) {
    return pointer.equals(MemorySegment.NULL)
        ? ""
        : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  @Override
  public String description() {
    return "libnftables";
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      call(
          () -> {
            library.free.invokeExact(context);
            return true;
          });
    }
  }
}
