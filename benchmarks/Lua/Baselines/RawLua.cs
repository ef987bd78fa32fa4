using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Bulkhead.Benchmarks.Baselines;

/// <summary>Raw C with Debian's liblua5.4 (raw.c).</summary>
internal static partial class RawLua
{
    [LibraryImport("rawlua", EntryPoint = "raw_create")]
    internal static partial int Create();

    [LibraryImport("rawlua", EntryPoint = "raw_open")]
    internal static partial nint Open();

    [LibraryImport("rawlua", EntryPoint = "raw_run", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Run(nint state, string script);

    [LibraryImport("rawlua", EntryPoint = "raw_close")]
    internal static partial void Close(nint state);
}
