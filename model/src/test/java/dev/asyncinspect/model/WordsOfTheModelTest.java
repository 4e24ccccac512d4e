package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read: labels of frames, await sites, tasks, resources and facts. */
class WordsOfTheModelTest {

    private static final Frame LOAD = new Frame("shop.OrderService", "load", "OrderService.java", 41);

    @Test
    void an_await_site_says_which_await_of_the_method_it_is() {
        assertThat(new AwaitSite(LOAD, "fetchPosts", List.of(2), 3))
                .hasToString("OrderService.load::await#2 of 3 (fetchPosts) OrderService.java:41");
    }

    @Test
    void awaits_that_a_line_does_not_tell_apart_are_all_named() {
        assertThat(new AwaitSite(LOAD, "get", List.of(1, 2), 4).label())
                .isEqualTo("OrderService.load::await#1|2 of 4 (get)");
    }

    @Test
    void without_a_class_file_only_the_line_is_told() {
        assertThat(AwaitSite.lineOnly(LOAD, "get")).hasToString("OrderService.load (get) OrderService.java:41");
    }

    @Test
    void a_recorded_place_is_a_line_if_its_text_names_one() {
        assertThat(CodeSite.of("app//shop.OrderService.load(OrderService.java:41)")
                        .frame())
                .isEqualTo(LOAD);
        assertThat(CodeSite.of("shop.OrderService.load::await#2 of 3 (fetchPosts) OrderService.java:41")
                        .frame())
                .isEqualTo(LOAD);
        assertThat(CodeSite.of("shop.OrderService.load OrderService.java:41").frame())
                .isEqualTo(LOAD);
    }

    @Test
    void a_name_that_the_program_gave_is_no_line() {
        for (String name : new String[] {"orders.fetch", "fetch the orders", "", "a.b(c)", "load (orders) 12:30"}) {
            CodeSite site = CodeSite.of(name);
            assertThat(site.frame()).as(name).isNull();
            assertThat(AwaitSite.named(site)).hasToString(name);
            assertThat(AwaitSite.named(site).frame().place()).isEqualTo("line unknown");
        }
    }

    @Test
    void an_ordinal_without_a_count_is_refused() {
        assertThatThrownBy(() -> new AwaitSite(LOAD, "get", List.of(1), 0)).hasMessageContaining("count of 0");
    }

    @Test
    void a_frame_without_a_line_says_so() {
        assertThat(new Frame("A", "b", null, Frame.LINE_UNKNOWN)).hasToString("A.b line unknown");
        assertThat(new Frame("A", "b", "A.java", Frame.LINE_UNKNOWN)).hasToString("A.b A.java");
        assertThat(new Frame("A", "b", null, Frame.LINE_NATIVE)).hasToString("A.b native");
    }

    @Test
    void the_programs_own_line_is_the_first_outside_the_jdk_that_is_not_hidden() {
        StackTrace stack = StackTrace.of(List.of(
                new Frame("jdk.internal.misc.Unsafe", "park", null, Frame.LINE_NATIVE),
                new Frame("shop.Main$$Lambda/0x01", "run", null, Frame.LINE_UNKNOWN),
                LOAD,
                new Frame("java.lang.Thread", "run", "Thread.java", 840)));
        assertThat(stack.firstOutsideJdk()).isEqualTo(LOAD);
    }

    @Test
    void a_task_is_called_by_number_name_and_kind() {
        Task named =
                new Task(12, "transfer-1", TaskKind.VIRTUAL_THREAD, TaskState.RUNNING, StackTrace.EMPTY, null, null);
        Task unnamed = new Task(13, "", TaskKind.PLATFORM_THREAD, TaskState.RUNNING, StackTrace.EMPTY, null, null);
        assertThat(named.label()).isEqualTo("Task #12 'transfer-1' (virtual)");
        assertThat(unnamed.label()).isEqualTo("Task #13 (platform)");
    }

    @Test
    void a_resource_is_called_by_its_name_or_else_by_class_and_identity() {
        assertThat(resource("accountB", "shop.Account", "1b2c").label()).isEqualTo("Monitor 'accountB' (Resource#2)");
        assertThat(resource(null, "shop.Account", "1b2c").label()).isEqualTo("Monitor Account@1b2c (Resource#2)");
        assertThat(resource(null, null, null).label()).isEqualTo("Monitor of unknown class (Resource#2)");
    }

    @Test
    void a_fact_keeps_how_it_is_known_when_its_value_changes_form() {
        Fact<Integer> inferred = Fact.inferred(3, "the bytecode");
        assertThat(inferred.map(number -> number + 1)).isEqualTo(Fact.inferred(4, "the bytecode"));
        assertThat(Fact.observed(3).map(number -> number + 1)).isEqualTo(Fact.observed(4));
        Fact<Integer> unknown = Fact.unknown("not in a dump");
        assertThat(unknown.map(number -> number + 1)).isEqualTo(unknown);
    }

    private static Resource resource(String name, String className, String identity) {
        return new Resource(
                2,
                ResourceKind.MONITOR,
                className,
                identity,
                name,
                Resource.Needs.ALL_HOLDERS,
                Fact.observed(List.of()));
    }
}
