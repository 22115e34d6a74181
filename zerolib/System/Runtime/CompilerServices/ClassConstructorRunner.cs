using Internal.Runtime;

namespace System.Runtime.CompilerServices;

/// <summary>Runs a static constructor before its class's statics are first used, where ilc could not evaluate it at compile time. There is one thread.</summary>
internal static unsafe class ClassConstructorRunner
{
    private static IntPtr CheckStaticClassConstructionReturnNonGCStaticBase(StaticClassConstructionContext* context, IntPtr nonGcStaticBase)
    {
        CheckStaticClassConstruction(context);
        return nonGcStaticBase;
    }

    private static object CheckStaticClassConstructionReturnGCStaticBase(StaticClassConstructionContext* context, object gcStaticBase)
    {
        CheckStaticClassConstruction(context);
        return gcStaticBase;
    }

    private static void CheckStaticClassConstruction(StaticClassConstructionContext* context)
    {
        IntPtr constructor = context->cctorMethodAddress;
        if (constructor == IntPtr.Zero) return;
        context->cctorMethodAddress = IntPtr.Zero;               // first, as the constructor uses its own statics
        ((delegate*<void>)constructor)();
    }
}
