package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Reads pools that are no class of the JDK, without depending on their libraries: who works there and what lies in their queues. */
final class ForeignPools implements ObjectReader {

    /*
     *   thread, or its Runnable, or what that wraps ── is a class nested in ──► the pool ── a field ──► queue ──► what waits
     *
     * | pool                                            | its worker                    | queue                      | makes at most |
     * |-------------------------------------------------|-------------------------------|----------------------------|---------------|
     * | Tomcat's own copy of ThreadPoolExecutor         | what the TaskThread wraps     | workQueue                  | its maximum   |
     * | Jetty's QueuedThreadPool                        | the Runnable of the thread    | _jobs                      | _maxThreads   |
     * | Kotlin's CoroutineScheduler (Dispatchers.Default) | the thread, if it has a permit | globalCpuQueue, and one of each worker | corePoolSize |
     *
     * | JBoss's EnhancedQueueExecutor                   | the Runnable of the thread    | behind its head            | see its reader |
     *
     * Threads of Jetty that accept or select do so for ever and take nothing from the queue: they are no workers, and the pool has room for
     * as many fewer. Of Kotlin's only those that have a permit for the processor take such work; there are as many permits as cores, and
     * who blocks keeps his.
     */

    private static final String TOMCAT = "org.apache.tomcat.util.threads.ThreadPoolExecutor";
    private static final String TOMCAT_WRAPPER = "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable";
    private static final String JETTY = "org.eclipse.jetty.util.thread.QueuedThreadPool";
    private static final String KOTLIN = "kotlinx.coroutines.scheduling.CoroutineScheduler";
    private static final String PERMITTED = "CPU_ACQUIRED";
    private static final int MOST_QUEUED = 10_000;

    private final Threads threads;
    private final ObjectFields fields;
    private final QueueReader queues;
    private final UserMethods methods;
    /** Of pools of this sample: the threads that have a task of their own for ever. */
    private final IdentityHashMap<Object, Integer> dedicated = new IdentityHashMap<>();
    /** Of Kotlin's: the workers that may take work, whose own queues count. */
    private final IdentityHashMap<Object, List<Object>> permitted = new IdentityHashMap<>();
    /** Of pools of this sample: how many work there. */
    private final IdentityHashMap<Object, Integer> employed = new IdentityHashMap<>();

    ForeignPools(JdkDoor door, Threads threads, UserMethods methods, ObjectFields fields) {
        this.threads = threads;
        this.methods = methods;
        this.fields = fields;
        queues = new QueueReader(door);
    }

    /** Tells which of these threads work for which pool; the pools are read later. */
    void workers(List<Thread> all, Sample sample) {
        forget();
        for (Thread thread : all) {
            Object worker = threads.isVirtual(thread) ? null : worker(thread);
            Object pool = worker == null ? null : fields.value(worker, "this$0");
            if (worker == null || pool == null) {
                continue;
            }
            if (hasType(worker, KOTLIN + "$Worker")) {
                if (PERMITTED.equals(nameOf(fields.value(worker, "state")))) {
                    permitted.computeIfAbsent(pool, p -> new ArrayList<>()).add(worker);
                    sample.worker(pool, thread, threads.id(thread));
                }
            } else if (isDedicated(thread)) {
                dedicated.merge(pool, 1, Integer::sum);
            } else {
                employed.merge(pool, 1, Integer::sum);
                sample.worker(pool, thread, threads.id(thread));
            }
        }
    }

    /** Keeps nothing of the program alive until the next sample. */
    void forget() {
        dedicated.clear();
        permitted.clear();
        employed.clear();
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (hasType(object, TOMCAT)) {
            pool(object, "maximumPoolSize", elements(fields.value(object, "workQueue")), sample);
        } else if (hasType(object, JETTY)) {
            pool(object, "_maxThreads", elements(fields.value(object, "_jobs")), sample);
        } else if (hasType(object, KOTLIN)) {
            pool(object, "corePoolSize", coroutines(object), sample);
        } else if (hasType(object, JBossQueue.POOL)) {
            if (JBossQueue.growsFirst(fields, object)) {
                sample.number(object, Relation.MAX_WORKERS, employed.getOrDefault(object, 0));
            }
            queued(object, JBossQueue.works(fields, object, MOST_QUEUED), sample);
        } else {
            return false;
        }
        return true;
    }

    private void pool(Object pool, String maximum, @Nullable List<Object> queued, Sample sample) {
        if (fields.value(pool, maximum) instanceof Integer most) {
            sample.number(pool, Relation.MAX_WORKERS, most - dedicated.getOrDefault(pool, 0));
        }
        queued(pool, queued, sample);
    }

    private void queued(Object pool, @Nullable List<Object> queued, Sample sample) {
        if (queued == null) {
            sample.notSeen("the queue of " + pool.getClass().getName(), "this version keeps it in another way");
            return;
        }
        sample.queued(pool, queued);
        for (Object work : queued) {
            if (!work.getClass().getName().startsWith("java.util.concurrent.")) {
                Object coroutine = fields.value(work, "continuation");
                methods.tell(work, coroutine == null ? work : coroutine, sample);
            }
        }
    }

    private @Nullable Object worker(Thread thread) {
        if (thread.getClass().getName().equals(KOTLIN + "$Worker")) {
            return thread;
        }
        Object task = threads.task(thread);
        if (task != null && task.getClass().getName().equals(TOMCAT_WRAPPER)) {
            task = fields.value(task, "wrappedRunnable");
        }
        String name = task == null ? "" : task.getClass().getName();
        return name.equals(TOMCAT + "$Worker")
                        || name.startsWith(JETTY + "$")
                        || name.equals(JBossQueue.POOL + "$ThreadBody")
                ? task
                : null;
    }

    /** Whether it accepts connections or waits for them to be ready, which in Jetty is a task that never ends. */
    private static boolean isDedicated(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (name.equals("org.eclipse.jetty.server.AbstractConnector$Acceptor")
                    || name.startsWith("org.eclipse.jetty.io.ManagedSelector")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable List<Object> elements(@Nullable Object queue) {
        List<Object> ofJdk = queue == null ? null : queues.elements(queue, MOST_QUEUED);
        return ofJdk == null && queue != null && fields.value(queue, "_elements") instanceof Object[] slots
                ? QueueReader.nonNull(slots, MOST_QUEUED)
                : ofJdk;
    }

    private @Nullable List<Object> coroutines(Object scheduler) {
        Object shared = fields.value(scheduler, "globalCpuQueue");
        Object current = shared == null ? null : either(shared, "_cur");
        if (current == null) {
            return null;
        }
        List<Object> found = slots(fields.value(current, "array"));
        for (Object worker : permitted.getOrDefault(scheduler, List.of())) {
            Object own = fields.value(worker, "localQueue");
            if (own != null) {
                found.addAll(slots(fields.value(own, "buffer")));
                Object last = either(own, "lastScheduledTask");
                if (last != null) {
                    found.add(last);
                }
            }
        }
        found.removeIf(element -> element.getClass().getName().contains("LockFreeTaskQueue") || mayBlock(element));
        return found;
    }

    /** Whether it was dispatched as a task that may block, for which another worker is made, as far as this version tells. */
    private boolean mayBlock(Object task) {
        Object context = fields.value(task, "taskContext");
        return context != null && fields.value(context, "taskMode") instanceof Integer mode && mode != 0;
    }

    /** Kotlin's compiler gives atomic fields another name from one version on. */
    private @Nullable Object either(Object object, String name) {
        Object value = fields.value(object, name + "$volatile");
        return value == null ? fields.value(object, name) : value;
    }

    private static List<Object> slots(@Nullable Object array) {
        List<Object> found = new ArrayList<>();
        if (array instanceof AtomicReferenceArray<?> atomic) {
            for (int i = 0; i < atomic.length() && found.size() < MOST_QUEUED; i++) {
                Object element = atomic.get(i);
                if (element != null) {
                    found.add(element);
                }
            }
        }
        return found;
    }

    private static String nameOf(@Nullable Object constant) {
        return constant instanceof Enum<?> known ? known.name() : "";
    }

    private static boolean hasType(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
