package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void no_hook_loads_a_class_when_a_thread_of_the_program_comes_by() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Ended ended = JavaProcess.on(
                        Jdks.onThisMachine().require(25),
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-cp",
                        classPath,
                        EveryHook.class.getName())
                .run();

        assertThat(ended.stdout()).as(ended.stderr()).isEqualTo("""
                loaded by hooks: []
                failed hooks: []
                left in: []
                """);
    }
}
