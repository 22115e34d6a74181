namespace SharpProbe.Tests.Svd;

/// <summary><see cref="SvdFactAttribute"/> for several files.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SvdTheoryAttribute : TheoryAttribute
{
    public SvdTheoryAttribute() => Skip = new SvdFactAttribute().Skip;
}
