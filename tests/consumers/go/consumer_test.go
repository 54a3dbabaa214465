// Package consumer reads every document through the types that quicktype generates, and validates it with a validator of draft 7.
package consumer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xeipuuv/gojsonschema"

	"lbhealth"
)

// What corpus.py wrote.
type item struct {
	Name     string          `json:"name"`
	Case     string          `json:"case"`
	Schema   string          `json:"schema"`
	Document json.RawMessage `json:"document"`
	// Where the document is broken and which keyword says so; absent where it is to be accepted.
	Pointer *string `json:"pointer"`
	Keyword *string `json:"keyword"`
	// Languages whose generated types take the broken document.
	TypesAccept []string `json:"types_accept"`
}

func open(t *testing.T, folder string, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(os.Getenv(folder), name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func items(t *testing.T, name string) []item {
	t.Helper()
	var all []item
	scanner := bufio.NewScanner(bytes.NewReader(open(t, "CORPUS", name)))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		var one item
		if err := json.Unmarshal(scanner.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) == 0 || scanner.Err() != nil {
		t.Fatalf("%s: %d items, %v", name, len(all), scanner.Err())
	}
	return all
}

func read(one item) (any, error) {
	switch one.Schema {
	case "backend-row":
		return lbhealth.UnmarshalBackendRow(one.Document)
	case "envelope":
		return lbhealth.UnmarshalEnvelope(one.Document)
	case "health-check-report":
		return lbhealth.UnmarshalHealthCheckReport(one.Document)
	case "health-report":
		return lbhealth.UnmarshalHealthReport(one.Document)
	case "inventory":
		return lbhealth.UnmarshalInventory(one.Document)
	case "vocabulary":
		return lbhealth.UnmarshalPublishedVocabulary(one.Document)
	default:
		return lbhealth.UnmarshalPoolRow(one.Document)
	}
}

func milliseconds(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.UnixMilli()
}

// What corpus.py finds without types, found with them.
func facts(name string, document any) [][]any {
	head := func(id any, operation string, at *time.Time, warnings []lbhealth.Warning) [][]any {
		return [][]any{{"document", name, id, operation, milliseconds(at), len(warnings)}}
	}
	switch document := document.(type) {
	case lbhealth.BackendRow:
		return [][]any{{"row", name, document.RecordKey, document.Health, document.CauseReason, document.ProbeObserved}}
	case lbhealth.PoolRow:
		return [][]any{{"pool-row", name, document.PoolKey, document.ServerCount, document.UnhealthyCount}}
	case lbhealth.PublishedVocabulary:
		words := []string{}
		for _, row := range document.Rows {
			if row.Health != nil && *row.Health == lbhealth.Healthy {
				words = append(words, row.Word)
			}
		}
		return [][]any{{"vocabulary", name, document.SchemaID, document.Adapter, len(document.Rows), words}}
	case lbhealth.Envelope:
		listeners := []string{}
		for _, bound := range document.Context.BoundListeners {
			listeners = append(listeners, bound.ListenerID)
		}
		return [][]any{{"envelope", name, document.Context.PoolID, document.Context.Operation, listeners}}
	case lbhealth.HealthCheckReport:
		found := head(document.SchemaID, document.Operation, document.ObservedAt, document.Warnings)
		for _, check := range document.HealthChecks {
			var expected *string
			if check.Expected != nil {
				expected = &check.Expected.Text
			}
			found = append(found, []any{"check", name, check.ID, check.Protocol, check.IntervalMS, expected})
		}
		return found
	case lbhealth.Inventory:
		found := head(document.SchemaID, document.Operation, document.ObservedAt, document.Warnings)
		for _, member := range document.Members {
			found = append(found, []any{"member", name, member.PoolID, member.BackendID, member.Port, member.Registration})
		}
		return found
	case lbhealth.HealthReport:
		found := head(document.SchemaID, document.Operation, document.ObservedAt, document.Warnings)
		for _, record := range document.Records {
			var reason, phase, expected, observed any
			if record.Cause != nil {
				reason, phase = record.Cause.Reason, record.Cause.Phase
			}
			if record.Probe != nil {
				observed = record.Probe.Observed
				if record.Probe.Expected != nil {
					expected = record.Probe.Expected.Text
				}
			}
			found = append(found, []any{
				"record", name, record.RecordKey, record.Health, record.Traffic, record.TrafficReason, record.Port,
				reason, phase, expected, observed, record.Evidence.Status, record.Warnings,
			})
		}
		for _, pool := range document.Pools {
			found = append(found, []any{
				"pool", name, pool.PoolKey, pool.CheckEnabled, pool.ServerCount, pool.HealthyCount, pool.UnlistedHealth,
			})
		}
		return found
	}
	return nil
}

func parsed(t *testing.T, text []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestFieldsReadThroughGeneratedTypes(t *testing.T) {
	var found [][]any
	for _, one := range items(t, "documents.ndjson") {
		document, err := read(one)
		if err != nil {
			t.Fatalf("%s: %v", one.Name, err)
		}
		found = append(found, facts(one.Name, document)...)
	}
	wanted := bytes.Split(bytes.TrimSpace(open(t, "CORPUS", "facts.ndjson")), []byte("\n"))
	if len(found) != len(wanted) {
		t.Fatalf("%d facts, %d wanted", len(found), len(wanted))
	}
	for index, fact := range found {
		written, err := json.Marshal(fact)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(parsed(t, written), parsed(t, wanted[index])) {
			t.Errorf("%s, wanted %s", written, wanted[index])
		}
	}
}

func TestNothingIsLostBetweenReadingAndWriting(t *testing.T) {
	for _, one := range items(t, "documents.ndjson") {
		if one.Schema == "envelope" {
			continue // Callers write these, and the library reads them.
		}
		document, err := read(one)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		written, wanted := parsed(t, text).(map[string]any), parsed(t, one.Document).(map[string]any)
		if at, ok := wanted["observed_at"].(string); ok {
			// The same instant; Go leaves zeros at the end out.
			instant, err := time.Parse(time.RFC3339Nano, at)
			if err != nil || written["observed_at"] != instant.Format(time.RFC3339Nano) {
				t.Errorf("%s: %v, wanted %s", one.Name, written["observed_at"], at)
			}
			written["observed_at"] = at
		}
		if !reflect.DeepEqual(written, wanted) {
			t.Errorf("%s: %s", one.Name, text)
		}
	}
}

// The published schema less its `$id`: this validator cannot follow references within a schema whose id is a URN.
func withoutID(t *testing.T, kind string) any {
	t.Helper()
	schema := parsed(t, open(t, "SCHEMAS", kind+".schema.json")).(map[string]any)
	delete(schema, "$id")
	return schema
}

func validators(t *testing.T) map[string]*gojsonschema.Schema {
	t.Helper()
	found := map[string]*gojsonschema.Schema{}
	for _, kind := range []string{"backend-row", "envelope", "health-check-report", "health-report", "inventory", "pool-row", "vocabulary"} {
		// The schemas use only keywords that mean the same in draft 7; the validator is told so, as it knows no newer draft.
		loader := gojsonschema.NewSchemaLoader()
		loader.Draft, loader.AutoDetect = gojsonschema.Draft7, false
		schema, err := loader.Compile(gojsonschema.NewGoLoader(withoutID(t, kind)))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		found[kind] = schema
	}
	return found
}

func validate(t *testing.T, schema *gojsonschema.Schema, document []byte) []gojsonschema.ResultError {
	t.Helper()
	result, err := schema.Validate(gojsonschema.NewBytesLoader(document))
	if err != nil {
		t.Fatal(err)
	}
	return result.Errors()
}

func TestEveryDocumentIsValid(t *testing.T) {
	schemas := validators(t)
	for _, one := range items(t, "documents.ndjson") {
		if errors := validate(t, schemas[one.Schema], one.Document); len(errors) > 0 {
			t.Errorf("%s: %v", one.Name, errors)
		}
	}
}

// What the validator calls a broken rule of each keyword.
var rules = map[string]string{
	"additionalProperties": "additional_property_not_allowed", "const": "const", "enum": "enum", "format": "format", "maximum": "number_lte", "minimum": "number_gte", "required": "required",
	"type": "invalid_type",
}

func TestBrokenDocumentsAreRefusedAndNewerOnesAreNot(t *testing.T) {
	schemas := validators(t)
	for _, one := range items(t, "broken.ndjson") {
		t.Run(one.Case, func(t *testing.T) {
			errors := validate(t, schemas[one.Schema], one.Document)
			if one.Keyword == nil {
				if len(errors) > 0 {
					t.Error(errors)
				}
				return
			}
			named := false
			for _, broken := range errors {
				at := strings.TrimPrefix(broken.Context().String("/"), "(root)")
				named = named || (broken.Type() == rules[*one.Keyword] && at == *one.Pointer)
			}
			if !named {
				t.Errorf("%v", errors)
			}
		})
	}
}

func TestGeneratedTypesRefuseWhatTheyCan(t *testing.T) {
	for _, one := range items(t, "broken.ndjson") {
		accepts := one.Keyword == nil
		for _, language := range one.TypesAccept {
			accepts = accepts || language == "go"
		}
		if _, err := read(one); (err == nil) != accepts {
			t.Errorf("%s: %v", one.Case, err)
		}
	}
}

func TestGeneratedTypesHaveTheNamesOfTheDefinitions(t *testing.T) {
	names := map[string]bool{}
	for _, list := range parsed(t, open(t, "CORPUS", "definitions.json")).(map[string]any) {
		for _, name := range list.([]any) {
			names[name.(string)] = true
		}
	}
	source, err := os.ReadFile("../lbhealth/lbhealth.go")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^type (\w+) `).FindAllSubmatch(source, -1) {
		name := string(match[1])
		// The constant `schema_id` of each document and row is a type of its own.
		if !names[strings.TrimSuffix(name, "SchemaID")] {
			t.Errorf("%s is no definition", name)
		}
		made[name] = true
	}
	for name := range names {
		if !made[name] {
			t.Errorf("no type for %s", name)
		}
	}
}

func TestOpenListsAreText(t *testing.T) {
	row := lbhealth.Cause{Reason: "A_NEW_REASON", Phase: lbhealth.Response, Certainty: lbhealth.Exact}
	var text string = row.Reason
	if text != "A_NEW_REASON" {
		t.Error(text)
	}
}
