namespace Bulkhead.Server.Executions;

/// <summary>
/// Where executions are kept: the folder of <c>--data</c>, else one of this process alone that is removed at the end. One server at a
/// time: the file <c>lock</c> is held open.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _root;

    private DataFolder(string root, bool survives)
    {
        (_root, Survives) = (root, survives);
        Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(Executions);
    }

    /// <summary>Whether the next start finds it again.</summary>
    public bool Survives { get; }

    private string Executions => Path.Combine(_root, "executions");

    /// <exception cref="IOException">Another server holds it, or it cannot be written.</exception>
    public static DataFolder Open(string? path) => path is null
        ? new DataFolder(Path.Combine(Path.GetTempPath(), $"bulkhead-serve-{Guid.NewGuid():n}"), survives: false)
        : new DataFolder(Path.GetFullPath(path), survives: true);

    public ExecutionFolder Folder(Guid uid) => new(Path.Combine(Executions, $"{uid:n}"));

    public IEnumerable<ExecutionFolder> All() => Directory.EnumerateDirectories(Executions).Select(path => new ExecutionFolder(path));

    public void Dispose()
    {
        _lock.Dispose();
        if (!Survives) Directory.Delete(_root, recursive: true);
    }
}
