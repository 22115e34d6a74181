using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>
/// What the language needs before the first managed statement that uses objects: the heap, the objects that hold reference-typed statics,
/// and eager static constructors. The reset handler calls it once .data and .bss are in place.
/// </summary>
public static unsafe class Startup
{
    private const int GCStaticRegion = 201, EagerCctor = 205;

    public static void Run()
    {
        Heap.Initialize((byte*)(delegate*<void>)&HeapStart, (byte*)(delegate*<void>)&HeapEnd);
        var header = (ReadyToRunHeader*)(delegate*<void>)&ReadyToRunHeaderSymbol;
        var sections = (ReadyToRunSection*)(header + 1);
        for (int i = 0; i < header->NumberOfSections; i++)
        {
            if (sections[i].Id == GCStaticRegion) CreateStatics(sections[i].Start, sections[i].End);
            else if (sections[i].Id == EagerCctor) RunConstructors(sections[i].Start, sections[i].End);
        }
    }

    /// <summary>
    /// Each cell holds the distance from itself to the MethodTable of the object to create; bit 0 says "not yet", bit 1 "the next word leads to initial data".
    /// The cell becomes the object's address.
    /// </summary>
    private static void CreateStatics(byte* start, byte* end)
    {
        for (int* entry = (int*)start; entry < (int*)end; entry++)
        {
            var cell = (nint*)((byte*)entry + *entry);
            nint value = *cell;
            if ((value & 1) == 0) continue;
            var type = (MethodTable*)((byte*)cell + (value & ~3));
            byte* statics = (byte*)Heap.New(type);
            if ((value & 2) != 0)
            {
                byte* data = (byte*)(cell + 1) + *(int*)(cell + 1);
                MemoryOperations.Forward(statics + sizeof(nint), data, type->BaseSize - 2 * (nuint)sizeof(nint));
            }
            *cell = (nint)statics;
        }
    }

    private static void RunConstructors(byte* start, byte* end)
    {
        for (int* entry = (int*)start; entry < (int*)end; entry++)
            ((delegate*<void>)((nint)((byte*)entry + *entry)))();
    }

    [RuntimeImport("*", "__heap_start"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void HeapStart();

    [RuntimeImport("*", "__heap_end"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void HeapEnd();

    [RuntimeImport("*", "__ReadyToRunHeader"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ReadyToRunHeaderSymbol();
}
