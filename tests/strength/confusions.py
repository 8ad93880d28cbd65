"""What people take for each other: operators, names of torch, keyword arguments."""

from __future__ import annotations

import ast

Plain = str | int | float | bool

BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ORDER_MATTERS = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)

# Names that are taken for each other, in both directions.
CONFUSED = (
    ("sum", "mean"), ("mean", "median"), ("max", "min"), ("amax", "amin"), ("maximum", "minimum"),
    ("argmax", "argmin"), ("any", "all"), ("std", "var"), ("zeros", "ones"), ("zeros_like", "ones_like"),
    ("rand", "randn"), ("rand_like", "randn_like"), ("uniform_", "normal_"), ("floor", "ceil"), ("round", "trunc"),
    ("round", "floor"), ("cat", "stack"), ("view", "reshape"), ("squeeze", "unsqueeze"), ("train", "eval"),
    ("exp", "log"), ("sqrt", "square"), ("sin", "cos"), ("sigmoid", "tanh"), ("relu", "sigmoid"), ("abs", "sign"),
    ("softmax", "log_softmax"), ("softmax", "sigmoid"), ("add", "sub"), ("add_", "sub_"), ("mul", "div"),
    ("mul_", "div_"), ("matmul", "mul"), ("cumsum", "cumprod"), ("tril", "triu"), ("ndim", "shape"),
    ("numel", "element_size"), ("float", "int"), ("float", "double"), ("int", "long"), ("append", "extend"),
    ("tensor", "as_tensor"), ("Tensor", "tensor"), ("from_numpy", "tensor"), ("float32", "float64"),
    ("float32", "float16"), ("float16", "bfloat16"), ("int64", "int32"), ("int32", "int16"), ("uint8", "int8"),
    ("no_grad", "enable_grad"), ("parameters", "children"), ("ReLU", "Sigmoid"), ("ReLU", "Tanh"), ("ReLU", "GELU"),
    ("MSELoss", "L1Loss"), ("mse_loss", "l1_loss"), ("CrossEntropyLoss", "NLLLoss"), ("cross_entropy", "nll_loss"),
    ("BCELoss", "BCEWithLogitsLoss"), ("binary_cross_entropy", "binary_cross_entropy_with_logits"),
    ("SGD", "Adam"), ("Adam", "AdamW"), ("MaxPool2d", "AvgPool2d"), ("max_pool2d", "avg_pool2d"),
    ("BatchNorm1d", "LayerNorm"), ("in_features", "out_features"), ("item", "tolist"),
)  # fmt: skip
NAMES: dict[str, list[str]] = {}
for _one, _other in CONFUSED:
    NAMES.setdefault(_one, []).append(_other)
    NAMES.setdefault(_other, []).append(_one)

# Keyword arguments that people add where none was asked for.
ADDED: dict[str, dict[str, Plain]] = {
    **{name: {"unbiased": False, "dim": 0, "keepdim": True} for name in ("std", "var")},
    **{name: {"dim": 0, "keepdim": True} for name in ("sum", "mean", "amax", "amin", "argmax", "argmin", "any", "all")},
    **{name: {"reduction": "sum"} for name in ("cross_entropy", "mse_loss", "CrossEntropyLoss", "MSELoss")},
    **{name: {"bias": False} for name in ("Linear", "Conv2d")},
}

MODULES = {"torch", "np", "numpy", "nn", "F", "nnf", "math", "os", "random", "functional", "transforms", "plt", "v2"}
