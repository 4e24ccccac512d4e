package dev.asyncinspect.weaving;

import dev.asyncinspect.weaving.internal.Bridge;
import dev.asyncinspect.weaving.internal.Retransforming;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Weaves hooks into the classes of this JVM and takes them out again. One at a time in a JVM. */
public final class Weaver {

    /*
     *   open ──install──► hooks woven, then sinks put in ──remove──► sinks out, bytes restored, restoring verified
     *
     * Sinks come last and go first, so no action runs while classes change. A transformer of ours stays while hooks are in:
     * when another agent transforms the same class anew, the JVM starts from the original bytes and asks all of us again.
     * It looks a name up for each class that is loaded and does nothing else for all but ours.
     *
     * What code a hook was woven into is summed up when somebody asks for the table: the hook is live whether that was tested or not, and
     * a program that is recorded from its start would wait for it.
     *
     * A class that is not to be loaded for our sake is woven when the program loads it; its sinks are put in before that class runs.
     */

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final Instrumentation instrumentation;
    private final Supplier<Set<String>> tested;
    private final Bridge bridge;
    private final Map<String, List<LiveHook>> byClass = new LinkedHashMap<>();
    private final List<LiveHook> all = new ArrayList<>();
    private final Map<Integer, LiveHook> byFailureNumber = new ConcurrentHashMap<>();
    private final Transformer transformer = new Transformer();
    /** From when on hooks of a class that is loaded get their sinks at once. Written under our lock, read by whoever loads a class. */
    private volatile boolean live;

    private Weaver(Instrumentation instrumentation, Supplier<Set<String>> tested, Bridge bridge) {
        this.instrumentation = instrumentation;
        this.tested = tested;
        this.bridge = bridge;
    }

    /**
     * A weaver for this JVM.
     *
     * @param tested {@code name fingerprint} of code that hooks were tested with
     * @throws IllegalStateException if somebody else weaves in this JVM, or it does not let us
     */
    public static Weaver open(Instrumentation instrumentation, Set<String> tested) {
        Set<String> copy = Set.copyOf(tested);
        return open(instrumentation, () -> copy);
    }

    /**
     * A weaver for this JVM.
     *
     * @param tested {@code name fingerprint} of code that hooks were tested with; asked for when {@link #hooks} is
     * @throws IllegalStateException if somebody else weaves in this JVM, or it does not let us
     */
    public static Weaver open(Instrumentation instrumentation, Supplier<Set<String>> tested) {
        return new Weaver(instrumentation, tested, Bridge.open(instrumentation, JdkBridge.LAYOUT));
    }

    /** Weaves these hooks in; what does not fit is skipped, and {@link #hooks} says why. Once for each weaver. */
    public void install(List<Hook> hooks) {
        install(hooks, () -> {});
    }

    /**
     * Weaves these hooks in; what does not fit is skipped, and {@link #hooks} says why. Once for each weaver.
     *
     * @param meanwhile what has to be done before the first hook is live; done by the current thread while another one weaves
     */
    public synchronized void install(List<Hook> hooks, Runnable meanwhile) {
        int pairs = 0;
        int numbers = 0;
        for (Hook hook : hooks) {
            LiveHook live = new LiveHook(hook, hook.number() == null ? pairs++ : numbers++);
            all.add(live);
            byFailureNumber.put(live.failureNumber(), live);
            byClass.computeIfAbsent(hook.type().replace('.', '/'), none -> new ArrayList<>())
                    .add(live);
        }
        if (pairs > JdkBridge.PAIRS || numbers > JdkBridge.NUMBERS) {
            throw new IllegalArgumentException("the bridge has " + JdkBridge.PAIRS + " and " + JdkBridge.NUMBERS
                    + " slots, too few for " + pairs + " and " + numbers + " hooks");
        }
        Beside.run("async-inspect-weaver", this::weave, meanwhile);
        bridge.onFailure((thrown, number) -> failed((int) number, (Throwable) thrown));
        live = true; // first: a class that is loaded from now on puts its sinks in itself, one before is seen here
        for (LiveHook hook : all) {
            hook.put(bridge);
        }
    }

    /** Our caller holds our lock and waits. */
    private void weave() {
        List<Class<?>> classes = load();
        instrumentation.addTransformer(transformer, true);
        classes.addAll(loaded());
        retransform(classes);
    }

    /** The classes of the hooks. They are loaded before our transformer is there: it could not be asked in the middle. */
    private List<Class<?>> load() {
        List<Class<?>> classes = new ArrayList<>();
        byClass.forEach((name, hooks) -> {
            if (isWhenLoaded(hooks)) {
                return;
            }
            try {
                classes.add(Class.forName(name.replace('/', '.'), false, null));
            } catch (ClassNotFoundException | LinkageError e) {
                hooks.forEach(live -> live.skip("this JDK has no such class"));
            }
        });
        return classes;
    }

    /** Classes that we do not load, as far as the program has. Asked when the transformer is there, so that none is missed. */
    private List<Class<?>> loaded() {
        Map<String, String> names = new HashMap<>();
        byClass.forEach((name, hooks) -> {
            if (isWhenLoaded(hooks)) {
                names.put(name.replace('/', '.'), name);
            }
        });
        List<Class<?>> classes = new ArrayList<>();
        if (!names.isEmpty()) {
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                String name = names.get(type.getName());
                if (name != null && ofClass(type.getClassLoader(), name) != null) {
                    classes.add(type);
                }
            }
        }
        return classes;
    }

    private static boolean isWhenLoaded(List<LiveHook> hooks) {
        for (LiveHook live : hooks) {
            if (!live.hook.isWhenLoaded()) {
                return false;
            }
        }
        return true;
    }

    /** The hooks of this class of the JDK, null if there are none. */
    private @Nullable List<LiveHook> ofClass(@Nullable ClassLoader loader, @Nullable String name) {
        List<LiveHook> hooks = name != null && (loader == null || PLATFORM.equals(loader)) ? byClass.get(name) : null;
        return hooks != null && (loader == null || isWhenLoaded(hooks)) ? hooks : null;
    }

    /** All at once, for the JVM goes over all its classes each time; one by one if any refuses, so that it does not take the others with it. */
    private void retransform(List<Class<?>> classes) {
        try {
            Retransforming.of(instrumentation, classes.toArray(new Class<?>[0]));
            classes.forEach(this::skipUnoffered);
        } catch (Exception | LinkageError allRefused) {
            for (Class<?> type : classes) {
                try {
                    Retransforming.of(instrumentation, type);
                    skipUnoffered(type);
                } catch (Exception | LinkageError e) {
                    hooksIn(type).forEach(live -> live.skip("this JVM refused the class: " + e));
                }
            }
        }
    }

    private void skipUnoffered(Class<?> type) {
        for (LiveHook live : hooksIn(type)) {
            if (live.isPending()) {
                live.skip("this JVM did not offer the class");
            }
        }
    }

    private List<LiveHook> hooksIn(Class<?> type) {
        return byClass.getOrDefault(type.getName().replace('.', '/'), List.of());
    }

    private void failed(int number, Throwable thrown) {
        LiveHook live = byFailureNumber.get(number);
        if (live != null && live.failed(thrown)) {
            live.take(bridge);
        }
    }

    /** How each hook fares. */
    public synchronized List<HookState> hooks() {
        if (all.stream().anyMatch(LiveHook::isUnsummed)) {
            Set<String> marks = tested.get();
            transformer.before.forEach(
                    (name, bytes) -> Fingerprints.tell(bytes, byClass.getOrDefault(name, List.of()), marks));
        }
        return all.stream().map(LiveHook::state).toList();
    }

    /**
     * Takes all hooks out and verifies that the classes are again what they were.
     *
     * @return what could not be restored, one line each; empty if all was
     */
    public synchronized List<String> remove() {
        live = false;
        bridge.clear();
        instrumentation.removeTransformer(transformer);
        bridge.clear(); // a class that was just being loaded may have put its sinks in
        Witness witness = new Witness(transformer.before.keySet());
        instrumentation.addTransformer(witness, true);
        List<String> problems = new ArrayList<>();
        try {
            restore(witness, problems);
        } finally {
            instrumentation.removeTransformer(witness);
        }
        all.forEach(LiveHook::remove);
        transformer.before.clear();
        return problems;
    }

    private void restore(Witness witness, List<String> problems) {
        Map<String, Class<?>> woven = new LinkedHashMap<>();
        for (String name : transformer.before.keySet()) {
            try {
                woven.put(name, Class.forName(name.replace('/', '.'), false, PLATFORM));
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(keepsCalls(name, e)); // cannot be: it is woven
            }
        }
        try {
            Retransforming.of(instrumentation, woven.values().toArray(Class<?>[]::new));
        } catch (Exception | LinkageError allRefused) {
            woven.forEach((name, type) -> restore(name, type, problems));
        }
        woven.keySet().forEach(name -> {
            String difference = witness.difference(name, transformer.before.get(name));
            if (difference != null) {
                problems.add(name.replace('/', '.') + " " + difference);
            }
        });
    }

    private void restore(String name, Class<?> type, List<String> problems) {
        try {
            Retransforming.of(instrumentation, type);
        } catch (Exception | LinkageError e) {
            problems.add(keepsCalls(name, e));
        }
    }

    private static String keepsCalls(String name, Throwable why) {
        return name.replace('/', '.') + " keeps our calls, which do nothing: " + why;
    }

    /** Weaves whatever class of ours is loaded or transformed anew. */
    private final class Transformer implements ClassFileTransformer {

        /** The bytes we were given, by class: written by the JVM's threads, read when we remove. */
        final Map<String, byte[]> before = new ConcurrentHashMap<>();

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            List<LiveHook> hooks = ofClass(loader, name);
            if (hooks == null || name == null) {
                return null;
            }
            try {
                byte[] woven = ClassWeaver.weave(bytes, hooks);
                if (woven != null) {
                    before.put(name, bytes);
                    if (live && isWhenLoaded(hooks)) {
                        hooks.forEach(hook -> hook.put(bridge));
                    }
                }
                return woven;
            } catch (Throwable e) {
                hooks.forEach(live -> live.skip("weaving failed: " + e));
                return null;
            }
        }
    }

    /** Sees what the classes are in the end, after all other transformers. */
    private static final class Witness implements ClassFileTransformer {

        private final Set<String> watched;
        private final Map<String, byte[]> seen = new HashMap<>();

        Witness(Set<String> watched) {
            this.watched = Set.copyOf(watched);
        }

        @Override
        public synchronized byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if ((loader == null || PLATFORM.equals(loader)) && name != null && watched.contains(name)) {
                seen.put(name, bytes);
            }
            return null;
        }

        synchronized @Nullable String difference(String name, byte @Nullable [] before) {
            byte[] now = seen.get(name);
            if (now == null) {
                return "was not offered to us when it was restored";
            }
            if (Arrays.equals(now, before) || !JdkBridge.LAYOUT.isCalledIn(now)) {
                return null; // equal, or changed by another agent that came after us and of ours there is nothing left
            }
            return "still calls us";
        }
    }
}
