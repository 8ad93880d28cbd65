import torch

from grader import probe


@probe
def one_step(amp_step):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        model = torch.nn.Linear(1, 1, bias=False).to("cuda")
        torch.nn.init.ones_(model.weight)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
        scaler = torch.amp.GradScaler("cuda", init_scale=8.0)
        x, y = torch.tensor([[1.0]]).to("cuda"), torch.tensor([[3.0]]).to("cuda")
        loss = amp_step(model, x, y, optimizer, scaler, torch.nn.MSELoss(), 2.0)
        return {"loss": loss.cpu(), "weight": model.weight.detach().cpu()}


def test_one_weight(student, same, run):
    """The weight 1 makes 1 of 1 where 3 is due: loss 4, gradient -4, clipped to -2, new weight 1.5, at any scale."""
    due = {"loss": torch.tensor(4.0), "weight": torch.tensor([[1.5]])}
    same(run(one_step, student.amp_step), due, "One step with the limit 2, at the scale 8")
