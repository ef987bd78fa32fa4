using System.Text.Json;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Schemas;

/// <summary>
/// The JSON Schema (2020-12) of a workflow document, for editors. It helps while writing; what decides is the loader, which knows more.
/// </summary>
public static class WorkflowSchema
{
    /// <summary>The schema as indented text with a last line feed.</summary>
    public static string Text { get; } = JsonSerializer.Serialize(JsonElement.Parse(Definition), SchemaJson.Default.JsonElement).ReplaceLineEndings("\n") + "\n";

    private static string Actions => string.Join(", ", ActionNames.All.Select(name => $"\"{name}\""));

    private static string Definition => """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Bulkhead workflow",
          "type": "object",
          "required": ["nodes"],
          "additionalProperties": false,
          "properties": {
            "name": {"type": "string", "maxLength": 200},
            "description": {"type": "string"},
            "version": {"type": ["string", "number"]},
            "tenant_id": {"type": "string"},
            "initial_state": {"type": "object"},
            "variables": {"type": "object", "description": "Copied for each branch, never shared."},
            "imports": {"type": "array", "maxItems": 0},
            "state_schema": {"type": "object"},
            "observability": {},
            "settings": {"$ref": "#/$defs/settings"},
            "nodes": {"type": "array", "minItems": 1, "maxItems": 10000, "items": {"$ref": "#/$defs/node"}},
            "edges": {"type": "array", "items": {"$ref": "#/$defs/edge"}},
            "finally": {"type": "array", "items": {"$ref": "#/$defs/node"}}
          },
          "$defs": {
            "duration": {"description": "Seconds, or 250ms, 30s, 5m, 1h30m.", "type": ["number", "string"]},
            "action": {"enum": [@actions@]},
            "retry": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "max_retries": {"type": "integer", "minimum": 0, "maximum": 100},
                "base_delay": {"$ref": "#/$defs/duration"}, "base_delay_ms": {"type": "number"},
                "max_delay": {"$ref": "#/$defs/duration"}, "max_delay_ms": {"type": "number"},
                "backoff_multiplier": {"type": "number", "minimum": 1, "maximum": 100},
                "jitter": {"type": "boolean"},
                "retry_on": {"type": "array", "items": {"enum": ["LuaError", "TimeoutError", "HttpError", "SqlError", "ActionError"]}}
              }
            },
            "breaker": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "failure_threshold": {"type": "integer", "minimum": 1},
                "reset_timeout": {"$ref": "#/$defs/duration"},
                "half_open_max_calls": {"type": "integer", "minimum": 1}
              }
            },
            "settings": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "max_iterations": {"type": "integer", "minimum": 1, "maximum": 10000000},
                "allow_cycles": {"type": "boolean"},
                "parallel": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "max_workers": {"type": "integer", "minimum": 1, "maximum": 1024},
                    "timeout": {"$ref": "#/$defs/duration"},
                    "lua_timeout": {"$ref": "#/$defs/duration"},
                    "fail_fast": {"type": "boolean"},
                    "retry_policy": {"$ref": "#/$defs/retry"},
                    "circuit_breaker": {"$ref": "#/$defs/breaker"}
                  }
                }
              }
            },
            "edge": {
              "type": "object",
              "required": ["from"],
              "additionalProperties": false,
              "properties": {
                "from": {"type": "string"},
                "to": {"type": ["string", "array"]},
                "when": {},
                "condition": {},
                "targets": {"type": "object", "additionalProperties": {"type": "string"}},
                "parallel": {"type": ["boolean", "array"]},
                "type": {"enum": ["parallel", "normal", "simple", "conditional"]},
                "fan_in": {"type": "string"},
                "timeout": {"$ref": "#/$defs/duration"},
                "lua_timeout": {"$ref": "#/$defs/duration"},
                "fail_fast": {"type": "boolean"},
                "retry_policy": {"$ref": "#/$defs/retry"},
                "circuit_breaker": {"$ref": "#/$defs/breaker"}
              }
            },
            "node": {
              "type": "object",
              "anyOf": [{"required": ["name"]}, {"required": ["id"]}],
              "properties": {
                "name": {"type": "string", "maxLength": 200},
                "id": {"type": ["string", "number"]},
                "description": {"type": "string"},
                "type": {"enum": [
                  "lua", "sql", "datasource", "database_query", "llm_call", "transform", "custom_code", "output", "http", "while_loop", "dynamic_parallel"
                ]},
                "run": {"type": ["string", "object"]},
                "script": {"type": "string"},
                "language": {"const": "lua"},
                "uses": {"$ref": "#/$defs/action"},
                "action": {"anyOf": [{"$ref": "#/$defs/action"}, {"type": "object"}]},
                "with": {"type": "object"},
                "output": {"type": "string"},
                "goto": {"type": ["string", "array"]},
                "fan_in": {"type": ["boolean", "string"]},
                "retry": {"$ref": "#/$defs/retry"},
                "on_error": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {"mode": {"enum": ["raise", "graceful", "retry"]}, "fallback": {"type": "string"}}
                },
                "fallback": {"type": "string"},
                "timeout": {"$ref": "#/$defs/duration"},
                "interrupt": {"enum": ["before", "after"]},
                "depends_on": {"type": "array", "items": {"type": ["string", "number"]}},
                "priority": {"type": "integer"},
                "config": {"type": "object"},
                "condition": {"type": ["string", "boolean"]},
                "max_iterations": {"type": "integer", "minimum": 1, "maximum": 1000},
                "body": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                "items": {"type": "string"},
                "item_var": {"type": "string"},
                "index_var": {"type": "string"},
                "max_concurrency": {"type": "integer", "minimum": 1, "maximum": 10000},
                "steps": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                "subgraph": {"$ref": "#"}
              }
            }
          }
        }
        """.Replace("@actions@", Actions, StringComparison.Ordinal);
}
