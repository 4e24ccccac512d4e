package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Infers who initialises a class whose static initialiser is on no stack. */
final class ClassInitHolders {

    /*
     * A thread that initialises a class C first initialises its superclasses (JVMS 5.5, step 7). While it does, it holds C
     * and no frame says so: its stack shows S.<clinit> for a superclass S, or that it waits for S. This is the deadlock of
     * "one thread touches the subclass, the other the superclass, whose initialiser needs the subclass".
     *
     *   thread 1                          thread 2
     *   new Sub()                         Base.<clinit>
     *     holds Sub, waits for Base         holds Base, waits for Sub
     *
     * If exactly one thread can be the one, it is the one: somebody must be, or nobody would wait.
     */

    private ClassInitHolders() {}

    /** The snapshot with such holders filled in as inferred. */
    static Snapshot inferredIn(Snapshot snapshot, ClassFiles classes) {
        Supertypes supertypes = new Supertypes(classes);
        List<Resource> resources = new ArrayList<>(snapshot.resources().size());
        boolean changed = false;
        for (Resource resource : snapshot.resources()) {
            Resource better = inferred(snapshot, resource, supertypes);
            changed |= better != null;
            resources.add(better == null ? resource : better);
        }
        return changed ? snapshot.withResources(resources) : snapshot;
    }

    private static @Nullable Resource inferred(Snapshot snapshot, Resource resource, Supertypes supertypes) {
        String name = resource.name();
        if (resource.kind() != ResourceKind.CLASS_INIT
                || name == null
                || !resource.knownHolders().isEmpty()) {
            return null;
        }
        Set<String> above = supertypes.of(name);
        List<Task> candidates = new ArrayList<>();
        String through = "";
        for (Task task : snapshot.tasks()) {
            String supertype = initialises(snapshot, task, resource.id(), above);
            if (supertype != null) {
                candidates.add(task);
                through = supertype;
            }
        }
        if (candidates.size() != 1) {
            return null;
        }
        Hold hold = new Hold(
                candidates.get(0).id(),
                AccessMode.EXCLUSIVE,
                Fact.unknown("the initialisation of a class begins with its superclasses, before its own code"));
        return resource.withHolders(Fact.inferred(
                List.of(hold),
                "it is the only thread at the initialisation of " + through + ", a supertype of " + name));
    }

    /** The supertype that this task initialises or waits for, and so may initialise the class; null if none. */
    private static @Nullable String initialises(Snapshot snapshot, Task task, long resourceId, Set<String> above) {
        Wait wait = task.waiting();
        if (wait != null && wait.resourceId() == resourceId) {
            return null; // it waits for the class, so it is not the one
        }
        Resource awaited = wait == null ? null : snapshot.resource(wait.resourceId());
        if (awaited != null
                && awaited.kind() == ResourceKind.CLASS_INIT
                && awaited.name() != null
                && above.contains(awaited.name())) {
            return awaited.name();
        }
        for (Frame frame : task.stack().frames()) {
            if (frame.method().equals("<clinit>") && above.contains(frame.className())) {
                return frame.className();
            }
        }
        return null;
    }
}
