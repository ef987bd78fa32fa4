using System.Collections.Concurrent;
using Bulkhead.Server.Access;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Executions;

/// <summary>All executions that are known, by uid. What a user may see of it is asked by owner.</summary>
internal sealed class ExecutionIndex(DataFolder data, TimeProvider clock, ILogger log)
{
    private readonly ConcurrentDictionary<Guid, Execution> _all = [];
    private long _number;

    public IEnumerable<Execution> All => _all.Values;

    public long NextNumber() => Interlocked.Increment(ref _number);

    public Execution? Find(Guid uid) => _all.GetValueOrDefault(uid);

    /// <summary>Null when there is none, or when it is another's: nobody can tell these apart.</summary>
    public Execution? Find(string id, Owner owner) =>
        id.StartsWith("exec_", StringComparison.Ordinal) && Guid.TryParseExact(id.AsSpan("exec_".Length), "d", out var uid)
        && Find(uid) is { } execution && execution.Record.Owner == owner ? execution : null;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ExecutionRecord> Of(Owner owner) =>
        [.. _all.Values.Select(e => e.Record).Where(r => r.Owner == owner).OrderByDescending(r => r.Number)];

    public Execution Add(ExecutionRecord record)
    {
        var execution = new Execution(record, data.Folder(record.Uid), clock, log);
        _all[record.Uid] = execution;
        return execution;
    }

    public void Remove(Guid uid)
    {
        if (_all.TryRemove(uid, out var execution)) execution.Folder.Delete();
    }

    /// <summary>Reads what an earlier server left. A folder that cannot be read is left where it is.</summary>
    public void Load()
    {
        foreach (var folder in data.All())
        {
            try
            {
                var record = folder.Record();
                Add(record);
                _number = Math.Max(_number, record.Number);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                Log.RecordUnreadable(log, Path.GetFileName(folder.Path), e.Message);
            }
        }
    }
}
