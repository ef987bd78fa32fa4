using System.Diagnostics;

namespace Bulkhead.Cli.Tests;

/// <summary>
/// A file system without room, seen only by the process that is started on it and by its children: a small tmpfs in a mount namespace of their own.
/// </summary>
internal sealed class FullDisk : IDisposable
{
    /// <summary>Room for the small files that a program must have before the disk is full.</summary>
    private const string Mount = "mount -t tmpfs -o size=128k full \"$0\" && ";

    public string Folder { get; } = Directory.CreateTempSubdirectory("bulkhead-full-").FullName;

    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>Starts a program for which the folder is full from the beginning. Its standard output goes where <paramref name="output"/> says.</summary>
    public CliRun Start(IReadOnlyDictionary<string, string> environment, string[] command, string? output = null) =>
        CliRun.StartProgram("unshare", [.. Unshare(Folder, Mount + Fill + $"exec \"$@\"{(output is null ? "" : $" > {output}")}"), .. command], environment);

    /// <summary>Starts a program for which this place has little room.</summary>
    public static CliRun StartWithSmall(string place, IReadOnlyDictionary<string, string> environment, string[] command) =>
        CliRun.StartProgram("unshare", [.. Unshare(place, Mount + "exec \"$@\""), .. command], environment);

    /// <summary>Takes the last of the room, for a program that runs.</summary>
    public static async Task FillAsync(int pid, string place)
    {
        using var fill = Process.Start("nsenter", ["--mount", "--target", $"{pid}", "sh", "-c", Fill + ":", place]);
        await fill.WaitForExitAsync();
        fill.ExitCode.ShouldBe(0);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>By smaller and smaller pieces, until not one byte goes in.</summary>
    private static string Fill => "for n in 65536 4096 1; do dd if=/dev/zero bs=$n of=\"$0/filler.$n\" 2>/dev/null || :; done; ";

    private static string[] Unshare(string place, string script) =>
        [.. Environment.IsPrivilegedProcess ? (string[])[] : ["--map-root-user"], "--mount", "--propagation", "private", "sh", "-c", script, place];
}
