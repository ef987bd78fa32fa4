using System.CommandLine;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Manifests;
using Bulkhead.Running;

namespace Bulkhead.Cli.Commands;

/// <summary>Reads what the command line of <c>run</c> names.</summary>
internal static class RunInputReader
{
    /// <exception cref="InvalidDataException">An option is wrong; the message says which and how it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<RunInput> ReadAsync(ParseResult parsed, RunOptions options, CancellationToken cancellationToken)
    {
        return new RunInput
        {
            Source = ExecutionSource.Read(await InputFile.ReadAsync(parsed.GetValue(options.File)!, cancellationToken)),
            Connections = await ConnectionsAsync(parsed.GetValue(options.Connections), parsed.GetValue(options.AllowInlineSecrets), cancellationToken),
            Inputs = await InputsAsync(parsed.GetValue(options.Input)!, cancellationToken),
            Tenant = parsed.GetValue(options.Tenant),
            User = parsed.GetValue(options.User),
            Timeout = parsed.GetValue(options.Timeout) is { } time
                ? Durations.Parse(time) ?? throw new InvalidDataException($"--timeout: '{time}' is no duration; write 90, 250ms, 30s, 5m or 1h.")
                : null,
            PlainHttp = parsed.GetValue(options.AllowHttp),
            Resume = parsed.GetValue(options.Resume) is { } checkpoint ? await CheckpointAsync(checkpoint, cancellationToken) : null,
        };
    }

    private static async Task<ConnectionsFile> ConnectionsAsync(string? path, bool allowInlineSecrets, CancellationToken cancellationToken) => new()
    {
        Manifests = path is null ? [] : [ManifestReader.Read(await InputFile.ReadAsync(path, cancellationToken))],
        Values = new SecretValues(Path.GetDirectoryName(Path.GetFullPath(path ?? ".")) ?? ".", allowInlineSecrets, Environment.GetEnvironmentVariable),
    };

    public static async Task<Dictionary<string, JsonElement>> InputsAsync(string[] inputs, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            if (input.StartsWith('@'))
            {
                foreach (var property in (await ObjectAsync(input[1..], cancellationToken)).EnumerateObject()) values[property.Name] = property.Value;
                continue;
            }

            var equals = input.IndexOf('=');
            if (equals <= 0) throw new InvalidDataException($"--input: '{input}' is neither k=v nor @FILE.");
            values[input[..equals]] = Value(input[(equals + 1)..]);
        }

        return values;
    }

    private static async Task<JsonElement> ObjectAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var value = JsonElement.Parse((await InputFile.ReadAsync(file, cancellationToken)).Span);
            if (value.ValueKind == JsonValueKind.Object) return value;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"--input: {file} is not JSON: {e.Message}", e);
        }

        throw new InvalidDataException($"--input: {file} must hold a JSON object.");
    }

    private static JsonElement Value(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, CliJson.Default.String);
        }
    }

    private static async Task<Checkpoint> CheckpointAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize((await File.ReadAllBytesAsync(file, cancellationToken)).AsSpan(), ContractJson.Default.Checkpoint)
                ?? throw new InvalidDataException($"--resume: {file} holds no checkpoint.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"--resume: {file} is no checkpoint: {e.Message}", e);
        }
    }
}
