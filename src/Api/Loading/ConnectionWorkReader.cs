using System.Text.Json;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads the nodes that use a connection: SQL, chat completion, HTTP request.</summary>
internal static class ConnectionWorkReader
{
    private static readonly string[] PromptFields =
        ["model", "system", "temperature", "max_tokens", "top_p", "stop", "stream", "response_format", "tools", "seed", "presence_penalty", "frequency_penalty"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly JsonElement NoParameters = JsonElement.Parse("[]");

    public static NodeWork? Query(Fields config, bool required)
    {
        var connection = Connection(config, required: true);
        var query = config.Take("query", "sql");
        if (query is null && required) config.Missing("query");
        var sql = config.Text(query, "query");
        if (sql is not null) ExpressionCheck.Query(query!, config.Findings);
        if (sql is not null && string.IsNullOrWhiteSpace(sql)) config.Findings.Faults.Add("INVALID_VALUE", "'query' is empty", query!);
        var parameters = config.Take("params", "parameters");
        config.Allows("params", "array", "object");
        if (parameters is not null && parameters.Kind is not (SourceKind.List or SourceKind.Map))
            config.Wrong<string>(parameters, "params", "a list, or a mapping of names to values");
        if (parameters is not null) ExpressionCheck.Template(parameters, config.Findings);
        if (parameters is not null && query is null) config.Findings.Faults.Add("MISSING_FIELD", "'params' without 'query'", parameters);
        config.CloseOwn();
        return connection is { } used ? new QueryWork(used, sql, parameters?.ToJson() ?? NoParameters) : null;
    }

    public static NodeWork? Prompt(Fields config)
    {
        var connection = Connection(config, required: true);
        var prompt = config.Take("prompt", "messages");
        config.Allows("prompt", "string", "array");
        if (prompt is not null && prompt.Kind is not (SourceKind.Text or SourceKind.List))
            config.Wrong<string>(prompt, "prompt", "a string, or a list of messages");
        if (prompt is not null) ExpressionCheck.Template(prompt, config.Findings);
        var settings = new List<SourceField>();
        foreach (var name in PromptFields)
        {
            config.Allows(name, FieldForm.Any);
            if (config.Take(name) is not { } value) continue;
            ExpressionCheck.Template(value, config.Findings);
            settings.Add(new SourceField(name, value.Line, value));
        }

        config.CloseOwn();
        return connection is { } used
            ? new PromptWork(used, prompt?.ToJson(), SourceValue.OfMap(settings, config.Source.Path, config.Source.Line).ToJson())
            : null;
    }

    public static NodeWork? Http(Fields config)
    {
        var connection = Connection(config, required: false);
        var method = config.Text("method")?.ToUpperInvariant() ?? "GET";
        if (!Methods.Contains(method))
            config.Findings.Faults.Add(
                "INVALID_VALUE", $"'method' must be one of {string.Join(", ", Methods)}, not '{Quoted.Short(method)}'", config.Source.Find("method")!);
        var request = new List<SourceField>();
        foreach (var name in (string[])["url", "path", "query", "headers", "body", "json", "form"])
        {
            config.Allows(name, FieldForm.Any);
            if (config.Take(name) is not { } value) continue;
            ExpressionCheck.Template(value, config.Findings);
            request.Add(new SourceField(name, value.Line, value));
        }

        if (connection is null && !request.Exists(f => f.Name == "url")) config.Missing("url", always: false);
        config.CloseOwn();
        return new HttpWork(connection, method, SourceValue.OfMap(request, config.Source.Path, config.Source.Line).ToJson());
    }

    private static ConnectionRef? Connection(Fields config, bool required)
    {
        var value = config.Take("connection_id", "connection");
        config.Allows("connection_id", "string", "integer");
        if (value is null)
        {
            if (required) config.Missing("connection_id");
            return null;
        }

        var isName = value.Kind == SourceKind.Text && !string.IsNullOrWhiteSpace(value.Scalar) && value.Scalar.Length <= InputBounds.NameLength;
        var isNumber = value.Kind == SourceKind.Number && value.Scalar.All(char.IsAsciiDigit);
        return isName || isNumber
            ? new ConnectionRef(value.Scalar)
            : config.Wrong<ConnectionRef?>(value, "connection_id", "the id or name of a connection");
    }
}
