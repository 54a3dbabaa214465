import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbhealth.*;

/**
 * Reads every document through the types that quicktype generates, with Jackson.
 *
 * No validator for Java is among Debian's packages. The types refuse another kind of value, a word that is not in a closed list and
 * another `schema_id`; that nothing required is missing is checked here, by the `required` lists of the schema.
 */
public final class Consumer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CORPUS = Path.of(System.getenv("CORPUS"));
    private static int passed;
    private static int failed;

    private final JsonNode definitions;

    private Consumer() throws IOException {
        definitions = JSON.readTree(Path.of(System.getenv("SCHEMAS"), "document.schema.json").toFile()).get("$defs");
    }

    public static void main(String[] arguments) throws Exception {
        Consumer consumer = new Consumer();
        consumer.factsAreFound();
        consumer.brokenDocumentsAreRefused();
        consumer.namesAreThoseOfTheDefinitions(Path.of(arguments[0]));
        consumer.openListsAreText();
        System.out.printf("%d passed, %d failed%n", passed, failed);
        System.exit(failed > 0 || passed == 0 ? 1 : 0);
    }

    private static void expect(boolean holds, String what) {
        if (holds) {
            passed++;
        } else {
            failed++;
            System.out.println("FAILED " + what);
        }
    }

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(CORPUS.resolve(name))) {
            found.add(JSON.readTree(line));
        }
        return found;
    }

    private static Object read(JsonNode item) throws IOException {
        String text = item.get("document").toString();
        switch (item.get("schema").asText()) {
            case "backend-row": return Converter.BackendRowFromJsonString(text);
            case "envelope": return Converter.EnvelopeFromJsonString(text);
            case "health-check-report": return Converter.HealthCheckReportFromJsonString(text);
            case "health-report": return Converter.HealthReportFromJsonString(text);
            case "inventory": return Converter.InventoryFromJsonString(text);
            case "vocabulary": return Converter.PublishedVocabularyFromJsonString(text);
            default: return Converter.PoolRowFromJsonString(text);
        }
    }

    private static List<Object> list(Object... values) {
        return Arrays.asList(values);
    }

    private static List<Object> head(String name, Object id, String operation, OffsetDateTime at, List<Warning> warnings) {
        return list("document", name, id, operation, at == null ? null : at.toInstant().toEpochMilli(), warnings.size());
    }

    /** What corpus.py finds without types, found with them. */
    private static List<List<Object>> facts(String name, Object read) {
        List<List<Object>> found = new ArrayList<>();
        if (read instanceof BackendRow) {
            BackendRow row = (BackendRow) read;
            found.add(list("row", name, row.getRecordKey(), row.getHealth(), row.getCauseReason(), row.getProbeObserved()));
        } else if (read instanceof PoolRow) {
            PoolRow row = (PoolRow) read;
            found.add(list("pool-row", name, row.getPoolKey(), row.getServerCount(), row.getUnhealthyCount()));
        } else if (read instanceof PublishedVocabulary) {
            PublishedVocabulary words = (PublishedVocabulary) read;
            List<String> healthy = words.getRows().stream()
                .filter(row -> row.getHealth() == BackendHealth.HEALTHY)
                .map(VocabularyRow::getWord)
                .collect(Collectors.toList());
            found.add(list("vocabulary", name, words.getSchemaID(), words.getAdapter(), words.getRows().size(), healthy));
        } else if (read instanceof Envelope) {
            Context context = ((Envelope) read).getContext();
            List<BoundListener> bound = context.getBoundListeners() == null ? List.of() : context.getBoundListeners();
            List<String> listeners = bound.stream().map(BoundListener::getListenerID).collect(Collectors.toList());
            found.add(list("envelope", name, context.getPoolID(), context.getOperation(), listeners));
        } else if (read instanceof HealthCheckReport) {
            HealthCheckReport report = (HealthCheckReport) read;
            found.add(head(name, report.getSchemaID(), report.getOperation(), report.getObservedAt(), report.getWarnings()));
            for (HealthCheck check : report.getHealthChecks()) {
                String expected = check.getExpected() == null ? null : check.getExpected().getText();
                found.add(list("check", name, check.getID(), check.getProtocol(), check.getIntervalMS(), expected));
            }
        } else if (read instanceof Inventory) {
            Inventory inventory = (Inventory) read;
            found.add(
                head(name, inventory.getSchemaID(), inventory.getOperation(), inventory.getObservedAt(), inventory.getWarnings()));
            for (InventoryMember member : inventory.getMembers()) {
                found.add(
                    list("member", name, member.getPoolID(), member.getBackendID(), member.getPort(), member.getRegistration()));
            }
        } else {
            HealthReport report = (HealthReport) read;
            found.add(head(name, report.getSchemaID(), report.getOperation(), report.getObservedAt(), report.getWarnings()));
            for (BackendRecord record : report.getRecords()) {
                Cause cause = record.getCause();
                Probe probe = record.getProbe();
                StatusCodes expected = probe == null ? null : probe.getExpected();
                found.add(list(
                    "record", name, record.getRecordKey(), record.getHealth(), record.getTraffic(), record.getTrafficReason(),
                    record.getPort(), cause == null ? null : cause.getReason(), cause == null ? null : cause.getPhase(),
                    expected == null ? null : expected.getText(), probe == null ? null : probe.getObserved(),
                    record.getEvidence().getStatus(), record.getWarnings()));
            }
            for (PoolSummary pool : report.getPools()) {
                found.add(list(
                    "pool", name, pool.getPoolKey(), pool.getCheckEnabled(), pool.getServerCount(), pool.getHealthyCount(),
                    pool.getUnlistedHealth()));
            }
        }
        return found;
    }

    private void factsAreFound() throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode item : lines("documents.ndjson")) {
            for (List<Object> fact : facts(item.get("name").asText(), read(item))) {
                found.add(JSON.readTree(JSON.writeValueAsString(fact)));
            }
        }
        List<JsonNode> wanted = lines("facts.ndjson");
        expect(found.size() == wanted.size() && !found.isEmpty(), found.size() + " facts, " + wanted.size() + " wanted");
        for (int index = 0; index < Math.min(found.size(), wanted.size()); index++) {
            expect(found.get(index).equals(wanted.get(index)), found.get(index) + ", wanted " + wanted.get(index));
        }
    }

    private void brokenDocumentsAreRefused() throws IOException {
        for (JsonNode item : lines("broken.ndjson")) {
            boolean accept = item.get("keyword").isNull();
            for (JsonNode language : item.get("types_accept")) {
                accept |= language.asText().equals("java");
            }
            String refusal = "";
            try {
                refusal = missing(item.get("document"), read(item).getClass(), "");
            } catch (IOException refused) {
                refusal = refused.toString();
            }
            // What the types refuse is named by Jackson in words of its own; what is missing is named by its place.
            boolean named = !refusal.startsWith("missing") || refusal.equals("missing at " + item.get("pointer").asText());
            boolean missing = item.get("keyword").asText().equals("required");
            expect(refusal.isEmpty() == accept && named && (!missing || !refusal.isEmpty()), item.get("case") + ": " + refusal);
        }
    }

    /** Where a required field is missing or null in a document of this generated type; empty text where none is. */
    private String missing(JsonNode node, Type type, String at) {
        if (node == null || node.isNull()) {
            return "";
        }
        if (type instanceof ParameterizedType) {
            for (int index = 0; index < node.size(); index++) {
                String found = missing(node.get(index), ((ParameterizedType) type).getActualTypeArguments()[0], at + "/" + index);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return "";
        }
        JsonNode definition = definitions.get(((Class<?>) type).getSimpleName());
        if (definition == null || !definition.has("properties")) {
            return "";
        }
        for (JsonNode name : definition.path("required")) {
            boolean anything = definition.get("properties").get(name.asText()).path("type").isMissingNode()
                && !definition.get("properties").get(name.asText()).has("allOf");
            if (!(anything ? node.has(name.asText()) : node.hasNonNull(name.asText()))) {
                return "missing at " + (node.has(name.asText()) ? at + "/" + name.asText() : at);
            }
        }
        for (Method getter : getters((Class<?>) type)) {
            String name = getter.getAnnotation(JsonProperty.class).value();
            String found = missing(node.get(name), getter.getGenericReturnType(), at + "/" + name);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static List<Method> getters(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(JsonProperty.class) && method.getParameterCount() == 0)
            .collect(Collectors.toList());
    }

    private void namesAreThoseOfTheDefinitions(Path sources) throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> files = Files.list(sources)) {
            files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(made::add);
        }
        Set<String> wanted = new TreeSet<>(Set.of("Converter"));
        JsonNode names = JSON.readTree(CORPUS.resolve("definitions.json").toFile());
        for (String kind : List.of("objects", "closed")) {
            names.get(kind).forEach(name -> wanted.add(name.asText()));
        }
        definitions.fields().forEachRemaining(definition -> {
            // The constant `schema_id` of a document or row is a type of its own.
            if (definition.getValue().path("properties").has("schema_id")) {
                wanted.add(definition.getKey() + "SchemaID");
            }
        });
        expect(made.equals(wanted), "types " + made + ", wanted " + wanted);
    }

    private void openListsAreText() {
        Cause cause = new Cause();
        cause.setReason("A_NEW_REASON");
        String reason = cause.getReason();
        expect(reason.equals("A_NEW_REASON"), reason);
    }
}
