package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One JSON object, asked for its members by name. Everything it complains of is an {@link IllegalArgumentException} whose
 * message names the member.
 */
final class JsonTree {

    private final Map<String, @Nullable Object> members;

    private JsonTree(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** The object that starts at the next token. */
    static JsonTree read(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        return object(json);
    }

    private static JsonTree object(JsonParser json) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, value(json));
        }
        return new JsonTree(members);
    }

    private static @Nullable Object value(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(json);
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> items = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(json));
            }
            return items;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token == JsonToken.VALUE_NULL ? null : json.getString();
    }

    /** A member that may be absent. */
    @Nullable
    String string(String name) {
        return cast(name, String.class);
    }

    /** A member that must be there. */
    String requiredString(String name) {
        return required(name, string(name));
    }

    /** A number that must be there. */
    long requiredNumber(String name) {
        return required(name, cast(name, Long.class));
    }

    /** A number, {@link ThreadAttributes#NONE} where it is absent. */
    long number(String name) {
        Long value = cast(name, Long.class);
        return value == null ? ThreadAttributes.NONE : value;
    }

    /** A flag, false where it is absent. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(cast(name, Boolean.class));
    }

    /** A constant of an enum by its name. */
    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String value = requiredString(name);
        try {
            return Enum.valueOf(type, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no " + type.getSimpleName() + " that this version knows", e);
        }
    }

    /** An object that may be absent. */
    @Nullable
    JsonTree child(String name) {
        return cast(name, JsonTree.class);
    }

    /** An object that must be there. */
    JsonTree requiredChild(String name) {
        return required(name, child(name));
    }

    /** The objects of an array, empty where it is absent. */
    List<JsonTree> children(String name) {
        return items(name, JsonTree.class);
    }

    /** The numbers of an array, empty where it is absent. */
    List<Long> numbers(String name) {
        return items(name, Long.class);
    }

    /** The arrays of objects in an array, empty where it is absent. */
    List<List<JsonTree>> childLists(String name) {
        List<List<JsonTree>> lists = new ArrayList<>();
        for (Object list : items(name, List.class)) {
            lists.add(all(name, (List<?>) list, JsonTree.class));
        }
        return lists;
    }

    private <T> List<T> items(String name, Class<T> type) {
        List<?> list = cast(name, List.class);
        return list == null ? List.of() : all(name, list, type);
    }

    private static <T> List<T> all(String name, List<?> list, Class<T> type) {
        List<T> items = new ArrayList<>(list.size());
        for (Object item : list) {
            if (!type.isInstance(item)) {
                throw new IllegalArgumentException("'" + name + "' has an item of the wrong type");
            }
            items.add(type.cast(Objects.requireNonNull(item)));
        }
        return items;
    }

    private <T> @Nullable T cast(String name, Class<T> type) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("'" + name + "' has the wrong type");
        }
        return type.cast(value);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
