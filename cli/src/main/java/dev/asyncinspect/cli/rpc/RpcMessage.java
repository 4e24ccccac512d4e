package dev.asyncinspect.cli.rpc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one line is.
 *
 * @param isBlank whether there is nothing on it
 * @param code the error code of JSON-RPC for what is wrong
 * @param problem what is wrong with it, null if nothing is
 */
record RpcMessage(boolean isBlank, int code, @Nullable String problem) {

    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final JsonMapper MAPPER = new JsonMapper();

    static RpcMessage read(byte[] line, int mostBytes) {
        if (line.length > mostBytes) {
            return bad(INVALID_REQUEST, "a message of more than " + mostBytes + " bytes");
        }
        String text = new String(line, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return new RpcMessage(true, 0, null);
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JacksonException e) {
            return bad(PARSE_ERROR, "not JSON; send one JSON-RPC message a line");
        }
        String problem = problem(node);
        return problem == null ? new RpcMessage(false, 0, null) : bad(INVALID_REQUEST, problem);
    }

    private static RpcMessage bad(int code, String problem) {
        return new RpcMessage(false, code, problem);
    }

    private static @Nullable String problem(JsonNode node) {
        if (!node.isObject()
                || !node.path("jsonrpc").isString()
                || !node.path("jsonrpc").asString().equals("2.0")) {
            return "not a message of JSON-RPC 2.0";
        }
        JsonNode id = node.get("id");
        if (id != null && !id.isString() && !id.isIntegralNumber()) {
            return "the id must be a text or a whole number";
        }
        if (node.has("method")) {
            boolean good = node.get("method").isString()
                    && (!node.has("params") || node.get("params").isObject());
            return good ? null : "the method must be a text, and params an object";
        }
        return id != null && (node.has("result") || node.path("error").isObject())
                ? null
                : "neither a request nor an answer";
    }

    /** An answer to nobody in particular that says what was wrong. */
    static String error(int code, String message) {
        return MAPPER.writeValueAsString(MAPPER.createObjectNode()
                .put("jsonrpc", "2.0")
                .putNull("id")
                .set("error", MAPPER.createObjectNode().put("code", code).put("message", message)));
    }
}
