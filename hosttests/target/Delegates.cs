using System;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static unsafe class Delegates
{
    delegate int Operation(int a, int b);

    class Counter
    {
        internal int Value;
        internal int Add(int a, int b) => Value + a + b;
        internal virtual int Scale(int a, int b) => Value * a * b;
    }

    static int Sum(int a, int b) => a + b;

    internal static void Run()
    {
        Operation operation = Opaque<Operation>(Sum);
        Check(operation(2, 3) == 5, "a delegate to a static method"u8);
        var counter = new Counter { Value = Opaque(10) };
        operation = Opaque<Operation>(counter.Add);
        Check(operation(1, 2) == 13, "a delegate to an instance method"u8);
        operation = Opaque<Operation>(counter.Scale);
        Check(operation(2, 3) == 60, "a delegate to a virtual method"u8);
        int captured = Opaque(5);
        Func<int, int> closure = Opaque<Func<int, int>>(x => x + captured++);
        Check(closure(2) == 7 && closure(2) == 8 && captured == 7, "a closure shares its variable"u8);
        delegate*<int, int, int> pointer = &Sum;
        Check(pointer(Opaque(4), 5) == 9, "a function pointer"u8);
        Action<int> extension = Opaque<Action<int>>(counter.Store);
        extension(77);
        Check(counter.Value == 77, "a delegate to an extension method"u8);
    }

    static void Store(this Counter counter, int value) => counter.Value = value;
}
