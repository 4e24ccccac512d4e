package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Profile;
import dev.asyncinspect.analysis.Profile.Quantiles;
import dev.asyncinspect.analysis.Profile.SiteProfile;
import dev.asyncinspect.model.TaskState;
import tools.jackson.core.JsonGenerator;

/** The JSON form of a profile. */
final class ProfileJson {

    private ProfileJson() {}

    static void write(JsonGenerator json, long tasks, Profile profile, boolean detailed) {
        json.writeName("stats");
        json.writeStartObject();
        json.writeNumberProperty("tasks", tasks);
        json.writeName("states");
        json.writeStartObject();
        for (TaskState state : TaskState.values()) {
            json.writeNumberProperty(state.name(), profile.states().getOrDefault(state, 0L));
        }
        json.writeEndObject();
        spent(json, profile.time());
        if (detailed) {
            json.writeName("sites");
            json.writeStartArray();
            profile.sites().forEach(site -> site(json, site));
            json.writeEndArray();
            json.writeName("slowest");
            json.writeStartArray();
            profile.slowest().forEach(task -> json.writeNumber(task.id()));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void site(JsonGenerator json, SiteProfile site) {
        json.writeStartObject();
        json.writeStringProperty("site", site.site().text());
        json.writeNumberProperty("tasks", site.tasks());
        spent(json, site.time());
        quantiles(json, "polls", site.polls());
        quantiles(json, "delays", site.delays());
        quantiles(json, "blocked", site.blocked());
        json.writeEndObject();
    }

    private static void spent(JsonGenerator json, Profile.Spent time) {
        json.writeNumberProperty("runningNanos", time.runningNanos());
        json.writeNumberProperty("scheduledNanos", time.scheduledNanos());
        json.writeNumberProperty("blockedNanos", time.blockedNanos());
        json.writeNumberProperty("efficiency", time.efficiency());
    }

    private static void quantiles(JsonGenerator json, String name, Quantiles times) {
        json.writeName(name);
        json.writeStartObject();
        json.writeNumberProperty("count", times.count());
        json.writeNumberProperty("p50Nanos", times.p50());
        json.writeNumberProperty("p90Nanos", times.p90());
        json.writeNumberProperty("p99Nanos", times.p99());
        json.writeNumberProperty("maxNanos", times.max());
        json.writeEndObject();
    }
}
