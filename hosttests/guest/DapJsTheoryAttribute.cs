using SharpProbe.Build.Guest;
using SharpProbe.Build.Setup;

namespace SharpProbe.Tests.Guest;

/// <summary><see cref="GuestTheoryAttribute"/> that needs dapjs too. Where it is not there the test is skipped and says why; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DapJsTheoryAttribute : TheoryAttribute
{
    public DapJsTheoryAttribute() => Skip = GuestFactAttribute.Missing ?? Ci.Skip(JavaScriptClient.WhyNot);
}
