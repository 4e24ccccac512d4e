package dev.asyncinspect.cli;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Detail;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.JvmProcess;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What people call the tasks and resources of a snapshot, by id. An id without its task or resource is told as it is.
 *
 * @param snapshot what the ids refer to
 */
record Labels(Snapshot snapshot) {

    private static final int NAMES_SHOWN = 3;

    /** {@code Task #12 'transfer-1' (virtual)}. */
    String task(long id) {
        Task task = snapshot.task(id);
        return task == null ? "Task " + TaskNumber.text(id) : task.label();
    }

    /** {@code Task #12 'transfer-1'}. */
    String shortTask(long id) {
        Task task = snapshot.task(id);
        return "Task " + TaskNumber.text(id) + (task == null || task.name().isEmpty() ? "" : " '" + task.name() + "'");
    }

    /** {@code Monitor 'accountB' (Resource#2)}. */
    String resource(long id) {
        Resource resource = snapshot.resource(id);
        return resource == null ? "Resource#" + id : resource.label();
    }

    /** What else is known of it: {@code  (permits 0)}; empty if nothing. */
    static String details(Resource resource) {
        return resource.details().isEmpty()
                ? ""
                : resource.details().stream().map(Detail::toString).collect(Collectors.joining(", ", " (", ")"));
    }

    /** Without what tells it from others of its class: {@code Monitor Account}. */
    String sortOfResource(long id) {
        Resource resource = snapshot.resource(id);
        return resource == null ? "Resource#" + id : resource.kind().label() + " " + resource.simpleClassName();
    }

    /** {@code  at Bank.transfer::await#2 of 2 (synchronized) Bank.java:34}; empty if the task does not wait. */
    String atSite(long taskId) {
        Task task = snapshot.task(taskId);
        Wait wait = task == null ? null : task.waiting();
        return wait == null ? "" : " at " + wait.site();
    }

    /** {@code 37 more tasks wait behind them (first: Task #14 'x', …)}. */
    String behind(List<Long> victims) {
        String names = victims.stream().limit(NAMES_SHOWN).map(this::shortTask).collect(Collectors.joining(", "));
        return count(victims.size(), "more task") + (victims.size() == 1 ? " waits" : " wait") + " behind them (first: "
                + names + ")";
    }

    /** {@code shop.Orders.accept(Orders.java:21)}; {@code unknown} if nobody said. */
    static String createdAt(TaskHistory task) {
        CodeSite site = task.createdAt().orNull();
        return site == null ? "unknown" : site.toString();
    }

    /** {@code created at shop.Orders.accept(Orders.java:21)}; or {@code created before the recording}, which is no place. */
    static String created(CodeSite site) {
        return "created " + (site.text().startsWith("before ") ? "" : "at ") + site;
    }

    /** {@code 1 task}, {@code 2 tasks}, {@code 12,000 tasks}. */
    static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 12,000}: numbers of things look like this in every text. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What a JVM runs: its main class or jar, without the arguments and the folders. */
    static String program(JvmProcess jvm) {
        String first = jvm.withoutArguments().mainClass();
        String name = first.substring(first.lastIndexOf('/') + 1);
        return name.isEmpty() ? "unknown" : name;
    }
}
