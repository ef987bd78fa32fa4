using Bulkhead.Api.Templates;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads what a node does: from its <c>type</c>, else from <c>run</c>, <c>script</c>, <c>uses</c> or <c>action</c>.</summary>
internal sealed class WorkReader(NodeReader reader, NodePlace place, string name)
{
    public static readonly IReadOnlyList<string> Types =
        ["lua", "sql", "datasource", "database_query", "llm_call", "transform", "custom_code", "output", "http", "while_loop", "dynamic_parallel"];

    /// <summary>The settings of a node type are a kind of mapping of their own: this and the type.</summary>
    public const string ConfigShape = "config.";

    private static readonly string[] Languages = ["lua"];
    private static readonly string[] RunTypes = ["lua", "expression"];
    private static readonly NodeWork Nothing = new LuaWork(string.Empty);

    public (string Type, NodeWork Work) Read(Fields fields)
    {
        var type = fields.Text(fields.Take("type"), "type", Types);
        if (type is null) return Untyped(fields);
        NodeWork? work = type switch
        {
            "lua" => Code(fields),
            "sql" or "datasource" or "database_query" => ConnectionWorkReader.Query(Config(fields, type), required: type == "sql"),
            "llm_call" => ConnectionWorkReader.Prompt(Config(fields, type)),
            "http" => ConnectionWorkReader.Http(Config(fields, type)),
            "transform" or "output" => Template(Config(fields, type)),
            "custom_code" => CustomCode(Config(fields, type)),
            "while_loop" => LoopReader.While(fields, reader, place, name),
            "dynamic_parallel" => LoopReader.FanOut(fields, reader, name),
            _ => null,
        };
        if (work is null && !Types.Contains(type))
        {
            fields.Findings.Faults.Add(
                "UNKNOWN_NODE_TYPE", $"node '{Quoted.Short(name)}': unknown type '{Quoted.Short(type)}'{Suggest(type)}", fields.Source.Find("type")!);
        }

        return (type, work ?? Nothing);
    }

    private static string Suggest(string type) =>
        Nearest.Find(type, Types) is { } near ? $"; did you mean '{near}'?" : $"; there are {string.Join(", ", Types)}";

    private (string Type, NodeWork Work) Untyped(Fields fields)
    {
        if (fields.Has("uses") || fields.Has("action"))
        {
            var action = Action(fields, fields.Findings);
            return (action?.Uses ?? "action", action ?? Nothing);
        }

        if (place == NodePlace.DependencyGraph)
        {
            fields.Missing("type");
            fields.Take("config");
            return ("unknown", Nothing);
        }

        if (!fields.Has("run") && !fields.Has("script") && !(place == NodePlace.StateGraph && fields.Has("fan_in")))
            fields.Findings.Warnings.Add(
                "NOTHING_TO_DO", $"node '{Quoted.Short(name)}' has neither run, script, uses nor type; it passes the state on", fields.Source);
        var work = Code(fields) ?? Nothing;
        return (work is ExpressionWork ? "expression" : "lua", work);
    }

    /// <summary>The mapping that holds a kind's own settings: <c>config</c>, <c>with</c>, or the node itself.</summary>
    private static Fields Config(Fields fields, string type)
    {
        var inner = fields.Take("config", "with");
        fields.Allows("config", "object");
        if (inner is null) return fields;
        var map = fields.OfKind(inner, "config", SourceKind.Map, "a mapping") ?? SourceValue.OfMap([], inner.Path, inner.Line);
        return new Fields(map, fields.Findings, ConfigShape + type);
    }

    private NodeWork? Code(Fields fields)
    {
        var value = fields.Take("run", "script");
        Language(fields, fields.Take("language"));
        if (value is null) return null;
        if (value.Kind != SourceKind.Map) return fields.Text(value, "run") is { } code ? Lua(code, value, fields) : null;
        var inner = fields.Open(value, "run", "run");
        var kind = inner.Text(inner.Take("type"), "type", RunTypes) ?? "lua";
        Language(inner, inner.Take("language"));
        inner.Take("output_key");
        inner.Allows("output_key", "string");
        var body = inner.Take("code", "value");
        if (body is null) inner.Missing("code");
        inner.Allows("code", "string", "boolean");
        NodeWork? work = null;
        if (kind == "expression")
            work = ExpressionCheck.Expression(body, "value", ExpressionUse.Value, inner) is { } text ? new ExpressionWork(text) : null;
        else if (kind == "lua") work = inner.Text(body, "code") is { } lua ? Lua(lua, body!, inner) : null;
        else Language(inner, inner.Source.Find("type"));
        inner.Close();
        return work;
    }

    private LuaWork? CustomCode(Fields config)
    {
        var code = config.Take("code", "script");
        if (code is null) config.Missing("code");
        Language(config, config.Take("language"));
        config.CloseOwn();
        return config.Text(code, "code") is { } text ? Lua(text, code!, config) : null;
    }

    private LuaWork Lua(string code, SourceValue at, Fields fields)
    {
        var first = code.AsSpan().TrimStart();
        foreach (var (marker, language) in ((string, string)[])[("# python", "python"), ("#python", "python"), ("% prolog", "prolog"), ("%prolog", "prolog"), ("-- prolog", "prolog")])
        {
            if (first.StartsWith(marker, StringComparison.OrdinalIgnoreCase)) RefuseLanguage(fields, language, at);
        }

        return new LuaWork(code);
    }

    private void Language(Fields fields, SourceValue? value)
    {
        if (fields.Text(value, "language", Languages) is { } language && !language.Equals("lua", StringComparison.OrdinalIgnoreCase))
            RefuseLanguage(fields, language, value!);
    }

    private void RefuseLanguage(Fields fields, string language, SourceValue at) => fields.Findings.Faults.Add(
        "LANGUAGE_NOT_SUPPORTED", $"node '{Quoted.Short(name)}': the language '{Quoted.Short(language)}' is not supported; write it in Lua", at);

    private static TemplateWork? Template(Fields config)
    {
        var template = config.Take("template", "value");
        config.Allows("template", FieldForm.Any);
        if (template is null) config.Missing("template");
        else ExpressionCheck.Template(template, config.Findings);
        config.CloseOwn();
        return template is null ? null : new TemplateWork(template.ToJson());
    }

    internal static ActionWork? Action(Fields fields, Findings findings)
    {
        var uses = fields.Take("uses", "action");
        var with = fields.Map("with");
        if (with is not null) ExpressionCheck.Template(with, findings);
        if (fields.Text(uses, "uses", ActionNames.All) is not { } action) return null;
        if (!ActionNames.All.Contains(action))
        {
            var hint = Nearest.Find(action, ActionNames.All) is { } near
                ? $"did you mean '{near}'?"
                : $"there are {string.Join(", ", ActionNames.All)}";
            findings.Faults.Add("UNKNOWN_ACTION", $"unknown action '{Quoted.Short(action)}'; {hint}", uses!);
        }

        return new ActionWork(action, with?.ToJson() ?? EmptyObject);
    }

    private static System.Text.Json.JsonElement EmptyObject { get; } = System.Text.Json.JsonElement.Parse("{}");
}
