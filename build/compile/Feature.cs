using Microsoft.CodeAnalysis;

namespace SharpProbe.Build.Compile;

/// <summary>A C# feature that the target does not have: a build error with what to do instead. The table of docs/csharp.md in another form.</summary>
static class Feature
{
    public static readonly DiagnosticDescriptor
        Throw = New(1, "throw", "there are no exceptions: return an enum or a struct that says why, or call Environment.FailFast for the impossible"),
        Catch = New(2, "catch", "there are no exceptions, so nothing arrives here: test the result instead (try/finally works)"),
        Lock = New(3, "lock", "there are no threads: share with interrupts through volatile fields or with Cpu.DisableInterrupts"),
        Async = New(4, "async/await", "write a state machine that is polled"),
        Iterator = New(5, "yield", "write a struct with MoveNext, or a loop"),
        InterfaceCall = New(6, "a call through an interface-typed reference", "use a generic parameter `where T : struct, {0}`, an abstract class, or a delegate"),
        InterfaceDelegate = New(7, "a delegate to an interface method", "make the delegate from a method of a class or struct"),
        Enumerable = New(8, "foreach over {0}", "foreach runs over arrays, spans, and types whose GetEnumerator returns a struct"),
        Query = New(9, "LINQ", "write the loop"),
        Interpolation = New(10, "string interpolation", "write the parts with a writer of firmware/io, which allocates nothing (constant strings may be interpolated)"),
        TypeOf = New(11, "typeof and GetType", "there is no reflection: test with `is`, or pass what is needed"),
        Dynamic = New(12, "dynamic", "there is no binder at run time: use a type"),
        Finalizer = New(13, "a finalizer", "nothing collects objects: release in a method"),
        StackAlloc = New(14, "stackalloc of {0} bytes", "the stack is small: at most 4096 bytes; use a static buffer"),
        MultiArray = New(15, "a multi-dimensional array", "use a jagged array, or one array and a computed index"),
        Event = New(16, "an event or multicast delegate", "keep a list or a chain of handlers and call each"),
        Number = New(17, "{0}", "it is not in the core library: use integers, float, or double where the FPU has it"),
        GenericVirtual = New(18, "a generic virtual method", "make it virtual without type parameters, or generic without virtual"),
        Inherited = New(19, "{0} inherited from System.Object", "implement it in the type (IEquatable<T>), or write with firmware/io"),
        ThreadStatic = New(20, "[ThreadStatic]", "there are no threads: a static field does it");

    private static DiagnosticDescriptor New(int number, string feature, string instead) => new(
        $"SP{number:0000}", feature, $"the target does not have {feature}: {instead} (docs/csharp.md)", "target", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
