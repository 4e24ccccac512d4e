package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;

/** Hooks in {@code CompletableFuture}: the stages that depend on others, and those of many. */
final class StageWeaving {

    /*
     *   unipush, bipush, orpush   it waits for its source
     *   claim, before execute     its source is complete, and it goes to its executor
     *   …Now, before execute      its source was complete when it was made, and it goes to its executor
     *   tryFire, around the call  some run the function there; the stage is in a field of the object
     *   uni…, bi…, the same       the others in a method of the stage
     *   postFire                  the stage is complete
     *   complete…, cancel         by hand; completeRelay also by the stage that a composed one waits for, and by any of many
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String FUNCTION = "apply|accept|run";
    private static final String[] RUN_IN_THE_COMPLETION = {
        "UniApply", "UniAccept", "UniRun", "UniCompose", "UniComposeExceptionally", "OrApply", "OrAccept", "OrRun"
    };
    private static final String[] RUN_IN_THE_STAGE = {
        "uniWhenComplete", "uniHandle", "uniExceptionally", "biApply", "biAccept", "biRun"
    };
    private static final String[] HANDING_AT_ONCE = {
        "uniApplyNow",
        "uniAcceptNow",
        "uniRunNow",
        "uniWhenCompleteStage",
        "uniHandleStage",
        "uniExceptionallyStage",
        "uniComposeExceptionallyStage",
        "uniComposeStage",
        "biApplyStage",
        "biAcceptStage",
        "biRunStage"
    };

    private final Stages stages;
    private final int all;
    private final int any;

    StageWeaving(Recorder recorder, Stages stages) {
        this.stages = stages;
        all = recorder.symbol(FUTURE + ".allOf");
        any = recorder.symbol(FUTURE + ".anyOf");
    }

    List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>(List.of(
                hook("waits").methods("unipush").handing(argument(0)).to((it, nothing) -> stages.waits(it)),
                hook("waits-for-two")
                        .methods("bipush", "orpush")
                        .atLeast(2)
                        .handing(argument(1))
                        .to((it, nothing) -> stages.waits(it)),
                Hook.named("dependent.handed")
                        .in(FUTURE + "$UniCompletion")
                        .methods("claim")
                        .at(Place.beforeCall("execute"))
                        .to((it, nothing) -> stages.handed(it)),
                hook("handed-at-once")
                        .methods(HANDING_AT_ONCE)
                        .at(Place.beforeCall("execute"))
                        .atLeast(HANDING_AT_ONCE.length)
                        .handing(top())
                        .to((it, nothing) -> stages.handed(it)),
                hook("begins-in-stage")
                        .methods(RUN_IN_THE_STAGE)
                        .at(Place.beforeCall(FUNCTION))
                        .atLeast(RUN_IN_THE_STAGE.length)
                        .to((stage, nothing) -> stages.stageBegins(stage)),
                hook("ran-in-stage")
                        .methods(RUN_IN_THE_STAGE)
                        .at(Place.afterCall(FUNCTION))
                        .atLeast(RUN_IN_THE_STAGE.length)
                        .to((stage, nothing) -> stages.stageRan(stage)),
                hook("over").methods("postFire").atLeast(2).to((stage, nothing) -> stages.over(stage)),
                hook("completed")
                        .methods("complete", "completeExceptionally", "cancel", "completeRelay")
                        .at(Place.exit())
                        .atLeast(4)
                        .to((stage, nothing) -> stages.completed(stage)),
                hook("all-of")
                        .methods("allOf")
                        .at(Place.exit())
                        .handing(top(), argument(0))
                        .to((it, sources) -> stages.combined(it, sources, all, false)),
                hook("any-of")
                        .methods("anyOf")
                        .at(Place.exit())
                        .handing(top(), argument(0))
                        .to((it, sources) -> stages.combined(it, sources, any, true))));
        for (String completion : RUN_IN_THE_COMPLETION) {
            hooks.add(Hook.named("dependent." + completion + "-begins")
                    .in(FUTURE + "$" + completion)
                    .methods("tryFire")
                    .at(Place.beforeCall(FUNCTION))
                    .to((it, nothing) -> stages.begins(it)));
            hooks.add(Hook.named("dependent." + completion + "-ran")
                    .in(FUTURE + "$" + completion)
                    .methods("tryFire")
                    .at(Place.afterCall(FUNCTION))
                    .to((it, nothing) -> stages.ran(it)));
        }
        return hooks;
    }

    private static Hook.Draft hook(String moment) {
        return Hook.named("dependent." + moment).in(FUTURE);
    }
}
