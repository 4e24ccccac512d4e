package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.invoke.LambdaForm$MH/0x0000000092058400", // as a thread dump writes it
                "java.lang.invoke.LambdaForm$MH+0x0000000084058400", // as a heap dump does
                "shop.Orders$$Lambda/0x000000002605ac70",
                "shop.Orders$$Lambda$14"
            })
    void a_class_without_a_name_of_its_own_is_hidden_whatever_tool_wrote_it(String className) {
        assertThat(new Frame(className, "invoke", null, 1).isHidden()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.Orders", "java.lang.invoke.Invokers$Holder", "shop.Orders$1"})
    void a_class_with_a_name_is_not(String className) {
        assertThat(new Frame(className, "invoke", null, 1).isHidden()).isFalse();
    }
}
