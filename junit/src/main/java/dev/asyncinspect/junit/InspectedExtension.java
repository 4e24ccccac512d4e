package dev.asyncinspect.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Inspects tests; see {@link Inspected} for how to register it. */
public final class InspectedExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(InspectedExtension.class);

    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    /** The tests that run at this moment, of all engines of this JVM. */
    private static final Set<RunningTest> RUNNING = ConcurrentHashMap.newKeySet();

    /** For JUnit, which makes it. */
    public InspectedExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        if (test(context) != null) {
            return; // registered twice: by annotation and by itself
        }
        RunningTest test = new RunningTest(
                context.getRequiredTestClass().getName() + "." + context.getDisplayName(),
                context.getRequiredTestClass().getName(),
                Marks.checks(context),
                Marks.hangAfter(context));
        context.getStore(OURS).put(RunningTest.class, test);
        if (context.getConfigurationParameter(PARALLEL).filter("true"::equals).isPresent()) {
            ThreadParents.note();
        }
        RUNNING.add(test);
        if (RUNNING.size() > 1) {
            RUNNING.forEach(RunningTest::metAnother);
        }
        Lineage.begin(test);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        RunningTest test = context.getStore(OURS).remove(RunningTest.class, RunningTest.class);
        if (test == null) {
            return;
        }
        try {
            if (test.hang() == null) {
                report(context, Aftermath.of(test, Marks.settings(context)));
            }
        } finally {
            RUNNING.remove(test);
            Lineage.end();
        }
    }

    private static void report(ExtensionContext context, List<InspectionError> found) {
        if (found.isEmpty()) {
            return;
        }
        InspectionError first = found.get(0);
        found.subList(1, found.size()).forEach(first::addSuppressed);
        Report.publish(context, first);
        throw first;
    }

    private <T extends @Nullable Object> T watched(Invocation<T> invocation, ExtensionContext context)
            throws Throwable {
        RunningTest test = test(context);
        if (test == null || test.hang() != null) {
            return invocation.proceed();
        }
        return watched(invocation, context, test);
    }

    private static <T extends @Nullable Object> T watched(
            Invocation<T> invocation, ExtensionContext context, RunningTest test) throws Throwable {
        Settings settings = Marks.settings(context);
        WatchedCall call = new WatchedCall(test, new Explanation(settings.evidence()), settings.stopGrace());
        Watchdog.instance().watch(call);
        try {
            T result = invocation.proceed();
            end(call, context, null);
            return result;
        } catch (InspectionError e) {
            throw e;
        } catch (Throwable failure) {
            end(call, context, failure);
            throw failure;
        } finally {
            Watchdog.instance().unwatch(call);
        }
    }

    /** Throws if it was a hang that ended the method, however it ended. */
    private static void end(WatchedCall call, ExtensionContext context, @Nullable Throwable failure) {
        call.over();
        InspectionError hang = call.test().hang();
        if (hang != null) {
            Thread.interrupted(); // the interruption was ours
            if (failure != null) {
                hang.addSuppressed(failure);
            }
            Report.publish(context, hang);
            throw hang;
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return watched(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context, around(context, method));
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context, around(context, method));
    }

    /** A method before or after all tests of a class may hang as a test does; what threads it leaves is for the tests. */
    private static RunningTest around(ExtensionContext context, ReflectiveInvocationContext<Method> method) {
        String type = context.getRequiredTestClass().getName();
        return new RunningTest(
                type + "." + method.getExecutable().getName() + "()",
                type,
                Marks.checks(context),
                Marks.hangAfter(context));
    }

    private static @Nullable RunningTest test(ExtensionContext context) {
        return context.getStore(OURS).get(RunningTest.class, RunningTest.class);
    }
}
