package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which methods the optimising compiler has compiled, as {@code jcmd Compiler.codelist} tells. */
final class CompiledMethods {

    /** Of a JVM that cannot be asked: any method may be compiled. */
    static final CompiledMethods UNKNOWN = new CompiledMethods(null);

    /** {@code 23 4 0 shop.Bank.pay(Ljava/lang/String;)I [0x…}: number, level, state. Level 4 is C2 or another like it. */
    private static final Pattern LINE = Pattern.compile("^\\s*\\d+ 4 \\d+ ([^(\\s]+)\\(");

    /** Code of the JDK that sees bytes and sockets, and nothing that a task could wait for. */
    private static final List<String> HARMLESS =
            List.of("java.io.", "java.nio.", "sun.nio.", "java.net.", "jdk.internal.io.");

    private final @Nullable Set<String> names;

    private CompiledMethods(@Nullable Set<String> names) {
        this.names = names;
    }

    /** What the JVM says now, and it said at {@code before}: code that is thrown away meanwhile still has frames. */
    static CompiledMethods of(AttachChannel channel, CompiledMethods before) {
        try {
            Set<String> names = new HashSet<>(before.names == null ? Set.of() : before.names);
            boolean any = false;
            for (String line : channel.command("Compiler.codelist").lines().toList()) {
                Matcher compiled = LINE.matcher(line);
                any |= line.indexOf('[') > 0;
                if (compiled.find()) {
                    names.add(compiled.group(1));
                }
            }
            return any ? new CompiledMethods(names) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * Whether a frame of this stack may be one of such code. Where the compiler has drawn methods into a caller, that caller
     * stands on the stack as well.
     */
    boolean mayBeOn(List<Frame> stack) {
        return names == null || stack.stream().anyMatch(frame -> isCompiled(frame, names));
    }

    private static boolean isCompiled(Frame frame, Set<String> compiled) {
        return HARMLESS.stream().noneMatch(frame.className()::startsWith)
                && compiled.contains(frame.className() + "." + frame.method());
    }
}
