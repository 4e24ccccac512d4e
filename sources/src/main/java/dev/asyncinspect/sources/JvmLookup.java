package dev.asyncinspect.sources;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which JVMs there are on this machine, and which one a person means. */
final class JvmLookup {

    private JvmLookup() {}

    /** The JDK's own list (JVMs of our user) and what {@code /proc} adds: those of other users and in containers. */
    static List<JvmProcess> list() {
        Map<Long, String> mainClasses = new TreeMap<>();
        for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
            if (isNumber(jvm.id())) {
                mainClasses.put(Long.parseLong(jvm.id()), jvm.displayName());
            }
        }
        Set<Long> pids = new TreeSet<>(mainClasses.keySet());
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> Boolean.TRUE.equals(ProcFs.isJvm(pid)))
                .forEach(pids::add);
        pids.remove(ProcessHandle.current().pid());
        List<JvmProcess> jvms = new ArrayList<>();
        for (long pid : pids) {
            jvms.add(describe(pid, mainClasses.getOrDefault(pid, "")));
        }
        return jvms;
    }

    static JvmProcess find(String pidOrName) throws SourceException {
        return isNumber(pidOrName) ? byPid(pidOrName) : byName(pidOrName);
    }

    private static JvmProcess byPid(String text) throws SourceException {
        long pid;
        try {
            pid = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unreachable("no process " + text + ": such a process id cannot exist", e);
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw unreachable("no process " + pid + "; 'async-inspect list' shows the JVMs there are");
        }
        if (pid == ProcessHandle.current().pid()) {
            throw unreachable("process " + pid + " is async-inspect itself");
        }
        if (Boolean.FALSE.equals(ProcFs.isJvm(pid))) {
            throw unreachable("process " + pid + " is no JVM; 'async-inspect list' shows the JVMs there are");
        }
        JvmProcess jvm = describe(pid, "");
        if (jvm.obstacle() != null) {
            throw unreachable("cannot look at process " + pid + ": " + jvm.obstacle());
        }
        return jvm;
    }

    private static JvmProcess byName(String name) throws SourceException {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<JvmProcess> found = list().stream()
                .filter(jvm -> jvm.mainClass().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (found.isEmpty()) {
            throw unreachable("no JVM whose main class contains '" + name + "'; 'async-inspect list' shows all");
        }
        if (found.size() > 1) {
            throw unreachable("'" + name + "' fits " + found.size() + " JVMs, name one by its process id: "
                    + found.stream()
                            .map(jvm -> jvm.pid() + " " + jvm.withoutArguments().mainClass())
                            .collect(Collectors.joining(", ")));
        }
        return byPid(String.valueOf(found.get(0).pid()));
    }

    private static JvmProcess describe(long pid, String mainClass) {
        String name = mainClass.isBlank() ? mainClass(ProcFs.commandLine(pid)) : mainClass;
        String user = ProcessHandle.of(pid).flatMap(p -> p.info().user()).orElse("");
        return new JvmProcess(pid, name, user, null, obstacle(pid, user));
    }

    private static @Nullable String obstacle(long pid, String user) {
        String state = ProcFs.state(pid);
        if ("Z".equals(state)) {
            return "it has ended and only its parent keeps its number (zombie)";
        }
        if ("T".equals(state) || "t".equals(state)) {
            return "it is suspended by a signal or a debugger; resume it (kill -CONT " + pid + ") and try again";
        }
        String owner = ProcFs.userId(pid);
        String self = ProcFs.userId(ProcessHandle.current().pid());
        if (owner != null && self != null && !self.equals("0") && !owner.equals(self)) {
            return "it belongs to user " + (user.isEmpty() ? owner : user)
                    + "; run async-inspect as that user or as root";
        }
        if (Boolean.FALSE.equals(ProcFs.catchesQuit(pid)) && !ProcFs.hasAttachSocket(pid)) {
            return "it does not catch SIGQUIT, so that asking for a dump would end it: it is still starting, or runs with"
                    + " -Xrs";
        }
        if (ProcFs.commandLine(pid).contains("-XX:+DisableAttachMechanism")) {
            return "it runs with -XX:+DisableAttachMechanism; take a dump with kill -QUIT " + pid
                    + " and use 'async-inspect why --file'";
        }
        return null;
    }

    /** The main class or jar of a java command line. */
    private static String mainClass(List<String> commandLine) {
        boolean valueNext = false;
        for (String word : commandLine.subList(Math.min(1, commandLine.size()), commandLine.size())) {
            if (valueNext) {
                valueNext = false;
            } else if (word.equals("-cp")
                    || word.equals("-classpath")
                    || word.equals("--class-path")
                    || word.equals("-p")
                    || word.equals("--module-path")
                    || word.equals("--add-modules")) {
                valueNext = true;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return "";
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    private static SourceException unreachable(String message) {
        return new SourceException(SourceException.Reason.UNREACHABLE, message);
    }

    private static SourceException unreachable(String message, Throwable cause) {
        return new SourceException(SourceException.Reason.UNREACHABLE, message, cause);
    }
}
