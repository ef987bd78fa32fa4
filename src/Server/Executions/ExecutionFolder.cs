using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Api.Contract;

namespace Bulkhead.Server.Executions;

/// <summary>
/// One execution on disk (mode 0700):
/// <code>
/// record.json    ExecutionRecord
/// job.json       the job, without secrets
/// result.json    how its last attempt ended
/// events.ndjson  the events of all attempts
/// </code>
/// Every file but the events is written beside its place and moved there, so that it is whole or not there.
/// </summary>
internal sealed class ExecutionFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path => path;

    public string Events => System.IO.Path.Combine(path, "events.ndjson");

    public void Create() => Directory.CreateDirectory(path, OwnerOnly);

    public void Delete()
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    public void Write(ExecutionRecord record) => Write("record.json", record, ServerJson.Default.ExecutionRecord);

    public void Write(Job job) => Write("job.json", job, ContractJson.Default.Job);

    public void Write(ExecutionResult result) => Write("result.json", result, ContractJson.Default.ExecutionResult);

    public ExecutionRecord Record() => Read("record.json", ServerJson.Default.ExecutionRecord) ?? throw new InvalidDataException("record.json is missing");

    public Job Job() => Read("job.json", ContractJson.Default.Job) ?? throw new InvalidDataException("job.json is missing");

    /// <summary>Null before the first attempt has ended.</summary>
    public ExecutionResult? Result() => Read("result.json", ContractJson.Default.ExecutionResult);

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var file = System.IO.Path.Combine(path, name);
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name} is no JSON of ours: {e.Message}", e);
        }
    }

    private void Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        var file = System.IO.Path.Combine(path, name);
        var draft = $"{file}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerFile };
        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, value, type);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }
}
