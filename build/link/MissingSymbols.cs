namespace SharpProbe.Build.Link;

/// <summary>Runtime functions of NativeAOT that the target does not have, and the C# that asks for them.</summary>
static class MissingSymbols
{
    private static readonly (string Start, string Reason)[] Reasons =
    [
        ("RhpThrowEx", "SP1001: a throw statement; return a result that says why, or Environment.FailFast"),
        ("RhpThrowHwEx", "SP1001: a throw statement; return a result that says why, or Environment.FailFast"),
        ("RhpRethrow", "SP1001: a rethrow in a catch block"),
        ("RhpInitialDynamicInterfaceDispatch", "SP1002: an interface method called on a reference; use a generic parameter where T : struct, an abstract class or a delegate"),
        ("RhpInitialInterfaceDispatch", "SP1002: an interface method called on a reference; use a generic parameter where T : struct, an abstract class or a delegate"),
        ("RhpInterfaceDispatch", "SP1002: an interface method called on a reference; use a generic parameter where T : struct, an abstract class or a delegate"),
        ("RhpResolveInterface", "SP1002: an interface method called on a reference; use a generic parameter where T : struct, an abstract class or a delegate"),
        ("RhpNewFinalizable", "SP1003: a class with a finalizer; nothing collects objects here"),
        ("RhpGetThread", "SP1004: thread-local storage; there are no threads"),
        ("RhpGVM", "SP1005: a generic virtual method; make it a virtual method without type parameters"),
        ("RhpLockMonitor", "SP1006: lock; one loop runs everything, share with interrupts by volatile fields or Cpu.DisableInterrupts"),
        ("RhpPInvoke", "SP1007: DllImport with marshalling; use [RuntimeImport] with pointers and integers"),
        ("__intrinsic_", "SP1008: an intrinsic that is called through a delegate or function pointer, or is not in build/postlink/Intrinsics.cs; call it directly"),
    ];

    public static string Explain(string symbol)
    {
        foreach ((string start, string reason) in Reasons)
        {
            if (symbol.StartsWith(start, StringComparison.Ordinal)) return $"{reason} (docs/csharp.md; symbol {symbol})";
        }
        return symbol.StartsWith("Rhp", StringComparison.Ordinal)
            ? $"SP1000: the program needs the runtime function {symbol}, which zerolib does not have (docs/csharp.md)"
            : $"undefined symbol {symbol}";
    }
}
