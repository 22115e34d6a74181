using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Generics
{
    interface IShape
    {
        static abstract int Area(int side);
        int Scale(int factor);
    }

    struct Square(int side) : IShape
    {
        readonly int _side = side;
        public static int Area(int side) => side * side;
        public int Scale(int factor) => _side * factor;
    }

    static int AreaOf<T>(int side) where T : struct, IShape => T.Area(side);

    static int ScaleOf<T>(T shape, int factor) where T : struct, IShape => shape.Scale(factor);

    sealed class Box<T>(T value)
    {
        internal T Value = value;
        internal static int Count;
    }

    internal static void Run()
    {
        Check(AreaOf<Square>(Opaque(5)) == 25, "static abstract members"u8);
        Check(ScaleOf(new Square(Opaque(3)), 4) == 12, "interface methods on a struct type parameter"u8);
        Check(new Box<long>(Opaque(5L)).Value == 5, "a generic class of a value type"u8);
        Check(new Box<string>(Opaque("five")).Value == "five", "a generic class of a reference type"u8);
        Box<int>.Count = 1;
        Box<long>.Count = 2;
        Check(Box<int>.Count == 1 && Box<long>.Count == 2, "each instantiation has its statics"u8);
    }
}
