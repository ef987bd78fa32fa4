namespace Bulkhead.Lua.Tests.Stress;

/// <summary>How much a stress test does: its short form by default, its long form where BULKHEAD_TEST_LONG is 1 (eng/test --long).</summary>
internal static class Scale
{
    internal static bool IsLong => Environment.GetEnvironmentVariable("BULKHEAD_TEST_LONG") == "1";

    internal static int Of(int shortForm, int longForm) => IsLong ? longForm : shortForm;
}
